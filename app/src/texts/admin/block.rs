//! `/admin/organizations/{id}/block`, `/admin/applications/{id}/block`, and revoking them for good

use model::texts;

texts! {
    block(name) = "Block {name}?";
    BLOCK_EFFECT =
        "The block takes effect at once: no one can sign in through it, and its tokens stop working. While it is blocked, no one \
         can delete it or register it again, and errors in its requests are first shown on a page.";
    unblock(name) = "Unblock {name}?";
    UNBLOCK_EFFECT =
        "This restores exactly what the block stopped. What the owner turned off stays off. Tokens that are still valid work \
         again, and members do not have to consent again.";
    revoke(name) = "Revoke {name} for good?";
    REVOKE_EFFECT =
        "Nothing can undo this. The access that members gave ends, and we email each of them. Reviews that are open are withdrawn. No \
         one can register it again, and its name stays taken.";
    REVOKE = "Revoke for good";
    REVOKED = "Revoked for good";

    // How much stops: [numbers] of members and tokens.
    STOPS = "[members] and [tokens] stop.";
    WORKS_AGAIN = "[members] and [tokens] can work again.";
    ONE_MEMBER = "1 member";
    members(count) = "{count} members";
    ONE_TOKEN = "1 token";
    tokens(count) = "{count} tokens";
    more_than(count) = "more than {count}";
}
