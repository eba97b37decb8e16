/** An authenticator app with one key. */
export class Authenticator {
  /** `secret`: base32, perhaps in groups. */
  constructor(secret: string);
  /** A code that was not used yet; may have to wait until it is valid. */
  next(): Promise<string>;
}
