/** An authenticator app with one key. */
export class Authenticator {
  /** `secret`: base32, perhaps in groups. */
  constructor(secret: string);
  /** A code that was not given yet; may have to wait for its time. */
  next(): Promise<string>;
}
