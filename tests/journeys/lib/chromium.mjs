// SPDX-License-Identifier: MulanPSL-2.0
// The browser of every test: Chromium without its windows, which takes half the processor time of the whole program; else that.
import { existsSync } from "node:fs";

export const CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"].map(name => "/usr/bin/" + name).find(existsSync);
