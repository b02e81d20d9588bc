// SPDX-License-Identifier: MulanPSL-2.0
// The interface's script and styles in a real Chromium on the pages of the guide; the scenes stand in ui/tests.
await import("../../ui/tests/behaviour.test.mjs");
