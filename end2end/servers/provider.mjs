// A payer's OpenID provider: whoever signs in is the member of the number that they type as login, with any password.

import Provider from 'oidc-provider';

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
      sub: id,
      name: 'Robin of the Provider',
      member_id: id,
      email: `${id.toLowerCase()}@provider.example.org`,
      email_verified: true,
    }),
  }),
  cookies: { keys: [PROVIDER_SECRET] },
});

provider.listen(Number(new URL(PROVIDER_URL).port), '127.0.0.1');
