// SPDX-License-Identifier: MulanPSL-2.0
// What stands in a packed file (.docx, .xlsx), by the table at its end: [name, text] of each part.
import { inflateRawSync } from "node:zlib";

export function packedParts(bytes) {
  const parts = [];
  for (let at = bytes.indexOf("PK\x01\x02", 0, "latin1"); at >= 0; at = bytes.indexOf("PK\x01\x02", at + 4, "latin1")) {
    const size = bytes.readUInt32LE(at + 20), head = bytes.readUInt32LE(at + 42);
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28), packed = bytes.subarray(from, from + size);
    parts.push([bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28)), (bytes.readUInt16LE(at + 10) ? inflateRawSync(packed) : packed).toString()]);
  }
  return parts;
}
