// SHA-256 (FIPS 180-4) of short ASCII texts, without a promise for each: a riddle asks for a hundred thousand.
const FIRST = [2, 3, 5, 7, 11, 13, 17, 19];
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const START = FIRST.map((prime) => fraction(Math.sqrt(prime)));
const ROUND = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const words = new Int32Array(64);
const turn = (word, by) => (word >>> by) | (word << (32 - by));

function blocks(text) {
  const length = text.length;
  const padded = new Int32Array((((length + 8) >> 6) + 1) * 16);
  for (let at = 0; at < length; at++) padded[at >> 2] |= text.charCodeAt(at) << (24 - (at & 3) * 8);
  padded[length >> 2] |= 0x80 << (24 - (length & 3) * 8);
  padded[padded.length - 1] = length * 8;
  return padded;
}

function mix(hash, padded, from) {
  for (let i = 0; i < 16; i++) words[i] = padded[from + i];
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15];
    const late = words[i - 2];
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + low + words[i - 7] + high;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = (hash[i] + word) | 0));
}

/** The eight 32-bit words of the digest. */
export function sha256(text) {
  const hash = Int32Array.from(START);
  const padded = blocks(text);
  for (let from = 0; from < padded.length; from += 16) mix(hash, padded, from);
  return hash;
}

/** How many zero bits the digest begins with. */
export function leadingZeros(hash) {
  let bits = 0;
  for (const word of hash) {
    bits += Math.clz32(word);
    if (word !== 0) break;
  }
  return bits;
}
