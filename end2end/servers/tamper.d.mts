/** What can be wrong with an id_token. Whoever signs in at the provider as `number~tampering` gets such a one. */
export const tamperings: string[];
