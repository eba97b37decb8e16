//! `/admin/organizations/{id}/block`, `/admin/applications/{id}/block`

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
}
