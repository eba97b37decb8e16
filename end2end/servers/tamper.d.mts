/** What can be wrong with an id_token. Signing in at the provider as `number~tampering` yields such a token. */
export const tamperings: string[];
