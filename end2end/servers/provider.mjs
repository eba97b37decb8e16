// A payer's OpenID provider: whoever signs in is the member of the number that they type as login, with any password.
// What is typed behind the number spoils the id_token; see tamper.mjs.

import Provider from 'oidc-provider';
import { jwks, split, tamper } from './tamper.mjs';

const { PROVIDER_URL, FLEX_URL, PROVIDER_SECRET } = process.env;

const provider = new Provider(PROVIDER_URL, {
  clients: [
    {
      client_id: 'flex',
      client_secret: PROVIDER_SECRET,
      redirect_uris: [`${FLEX_URL}/signin/payer/callback`],
      post_logout_redirect_uris: [`${FLEX_URL}/?done=signed-out`],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'member_id'], email: ['email', 'email_verified'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: split(id).member,
      name: 'Robin of the Provider',
      member_id: split(id).member,
      email: `${split(id).member.toLowerCase()}@provider.example.org`,
      email_verified: true,
    }),
  }),
  jwks,
  cookies: { keys: [PROVIDER_SECRET] },
});

provider.use(tamper);
provider.listen(Number(new URL(PROVIDER_URL).port), '127.0.0.1');
