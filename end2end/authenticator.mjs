// An authenticator app (RFC 6238) on node's own cryptography, for tests and pictures.

import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const STEP = 30_000;
/** How long after its creation a code may be checked. */
const GRACE = 8_000;

export class Authenticator {
  #key;
  #last = 0;

  /** `secret`: base32, perhaps in groups. */
  constructor(secret) {
    this.#key = decode(secret.replace(/\s/g, ''));
  }

  /** A code that was not used yet. The server accepts those of three steps, each once: the fourth in a row has to wait. */
  async next() {
    const oldest = Math.floor((Date.now() + GRACE) / STEP) - 1;
    const step = Math.max(oldest, this.#last + 1);
    // A little longer, because the clocks of browsers and servers are read at different moments.
    await sleep(Math.max(0, (step - 1) * STEP - Date.now() + 250));
    this.#last = step;
    return this.#code(step);
  }

  #code(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const digest = createHmac('sha1', this.#key).update(counter).digest();
    const offset = digest[19] & 0xf;
    return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }
}

function decode(base32) {
  let bits = '';
  for (const letter of base32) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
