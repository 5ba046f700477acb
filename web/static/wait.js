// Gets its page's form a place in the queue by work: finds the number with which the ticket's
// SHA-256 begins with so many zero bits, and sends the form again. Without this script the person
// waits and presses the button. Nothing is kept here; no markup is made from text.
"use strict";

const WORDS = new Int32Array(64);
const SLICE = 2000; // tries before the page may do something else

const START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const K = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

const form = document.querySelector("form[data-puzzle]");
if (form !== null) {
  for (const words of document.querySelectorAll("[data-working]")) {
    words.hidden = false;
  }
  search(form.elements.ticket.value, Number(form.dataset.puzzle), 0);
}

function search(ticket, bits, from) {
  for (let number = from; number < from + SLICE; number += 1) {
    if (sha256(`${ticket}.${number}`)[0] >>> (32 - bits) === 0) {
      form.elements.work.value = String(number);
      form.requestSubmit();
      return;
    }
  }
  setTimeout(search, 0, ticket, bits, from + SLICE);
}

// FIPS 180-4, for a short text of ASCII. `crypto.subtle` answers each try a moment later, which
// takes ten times as long.
function sha256(text) {
  const length = text.length;
  const blocks = new Uint32Array(((length + 8) >> 6) * 16 + 16);
  for (let at = 0; at < length; at += 1) {
    blocks[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
  }
  blocks[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
  blocks[blocks.length - 1] = length * 8;
  const hash = Uint32Array.from(START);
  for (let at = 0; at < blocks.length; at += 16) {
    mix(hash, blocks.subarray(at, at + 16));
  }
  return hash;
}

function mix(hash, block) {
  const w = WORDS;
  w.set(block);
  for (let t = 16; t < 64; t += 1) {
    const a = w[t - 15];
    const b = w[t - 2];
    const near = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const far = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[t] = (w[t - 16] + near + w[t - 7] + far) | 0;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, at) => {
    hash[at] += value;
  });
}

function turn(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}
