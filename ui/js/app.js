// SPDX-License-Identifier: MulanPSL-2.0
import htmx from "htmx.org";
window.htmx = htmx;
