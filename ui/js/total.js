// SPDX-License-Identifier: MulanPSL-2.0
// The characters of all parts of a proposal together (modules/drafts), where the site limits them; loaded by its form
// alone. Counted as the server counts: characters, a line break as one.
const line = document.getElementById("total-count"), form = line.closest("form"), most = Number(line.dataset.total);
const length = text => [...text.replace(/\r\n?/g, "\n").trim()].length;

function show() {
  let n = 0;
  for (const part of form.querySelectorAll("[name=situation], [name=analysis], [name=suggestions]")) n += length(part.value);
  line.textContent = `情况、分析、建议一共已写 ${n} 字，` + (n > most ? `超出 ${n - most} 字` : `最多 ${most} 字`);
  line.classList.toggle("over", n > most);
}

form.addEventListener("input", show);
show();
