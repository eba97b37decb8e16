// A payer's OpenID provider: people sign in as the member whose number they type as login, with any password. Text
// after the number spoils the id_token; see tamper.mjs. For `unclear-…` it gives several numbers.

import Provider from 'oidc-provider';
import { jwks, split, tamper } from './tamper.mjs';

// The payers that the server under test knows; see flex.mjs.
const payers = ['university-of-california', 'ibew-local-18'];

const { PROVIDER_URL, FLEX_URL, PROVIDER_SECRET } = process.env;

const provider = new Provider(PROVIDER_URL, {
  clients: [
    {
      client_id: 'flex',
      client_secret: PROVIDER_SECRET,
      redirect_uris: payers.map((payer) => `${FLEX_URL}/signin/payer/oph-ca/sandbox/${payer}/callback`),
      post_logout_redirect_uris: [`${FLEX_URL}/?done=signed-out`],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'member_id'], email: ['email', 'email_verified'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: split(id).member,
      name: 'Robin of the Provider',
      member_id: id.startsWith('unclear-') ? [split(id).member, 'another'] : split(id).member,
      email: `${split(id).member.toLowerCase()}@provider.example.org`,
      email_verified: true,
    }),
  }),
  jwks,
  cookies: { keys: [PROVIDER_SECRET] },
});

provider.use(tamper);
provider.listen(Number(new URL(PROVIDER_URL).port), '127.0.0.1');
