// SPDX-License-Identifier: MulanPSL-2.0
// The sender's work for a form that anybody may send (platform/web/anonymous.h, stamp.h): loaded by such pages alone. It is done
// in slices while the person types, so nobody waits and nothing stands still; who is faster than it is sent when it is done.
// No WebCrypto: that is missing over plain HTTP. No Worker: Trusted Types let only the base script name one.
const K = [], H = [], SLICE_MS = 12, AT_LAST_MS = 2000;
const fraction = x => (x - Math.floor(x)) * 2 ** 32 | 0;
for (let n = 2; K.length < 64; n++) {
  let d = 2;
  while (n % d) d++;
  if (d < n) continue;
  if (H.length < 8) H.push(fraction(n ** .5));
  K.push(fraction(n ** (1 / 3)));
}
const turn = (x, n) => x >>> n | x << 32 - n;

// The first word of the SHA-256 of one block.
function first(w) {
  let a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7], i, t, u;
  for (i = 16; i < 64; i++) {
    t = w[i - 15];
    u = w[i - 2];
    w[i] = (w[i - 16] + w[i - 7] | 0) + ((turn(t, 7) ^ turn(t, 18) ^ t >>> 3) + (turn(u, 17) ^ turn(u, 19) ^ u >>> 10) | 0);
  }
  for (i = 0; i < 64; i++) {
    t = ((h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) | 0) + ((e & f ^ ~e & g) + K[i] | 0) | 0) + w[i] | 0;
    u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
  }
  return a + H[0] | 0;
}

function prove(stamp) {
  const form = stamp.form, proof = form.elements.proof, [bits, , nonce] = stamp.value.split("-"), w = new Int32Array(64);
  const { port1, port2 } = new MessageChannel();
  let piece = 0, n = 0, found = "", begun, waiting;
  for (let i = 0; i < 32; i++) w[i >> 2] = w[i >> 2] << 8 | nonce.charCodeAt(i);
  w[10] = 1 << 31;
  w[15] = 320;
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    do for (let i = 0; i < 64 && piece < 8; i++) {
      w[8] = piece;
      w[9] = n++;
      if (first(w) >>> 32 - bits) continue;
      found += w[9].toString(16).padStart(8, "0");
      piece++;
      n = 0;
    } while (piece < 8 && performance.now() < end);
    if (piece < 8) return port2.postMessage(0);
    proof.value = found;
    if (waiting) waiting.click();
  };
  port1.onmessage = slice; // not setTimeout, which rests 4 ms each time
  const begin = () => begun = begun || slice() || 1;
  form.addEventListener("focusin", begin);
  setTimeout(begin, AT_LAST_MS);
  form.addEventListener("submit", event => {
    if (proof.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = event.submitter || form.querySelector("button:not([type=button])");
    form.querySelector("[data-stamp]").hidden = false;
    begin();
  });
}

for (const stamp of document.querySelectorAll("input[name=stamp]")) prove(stamp);
