/* Two comforts that pages do without where scripts are off: the switch is remembered
   from page to page, and an open preview or page takes it over. */
const KEY = "talkbook.as-captioned";

function switches() {
  return document.querySelectorAll(".tb-switch input");
}

function apply(on) {
  for (const each of switches()) each.checked = on;
}

function stored() {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false; // storage may be forbidden
  }
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.(".tb-switch input")) return;
  apply(event.target.checked);
  try {
    localStorage.setItem(KEY, event.target.checked ? "1" : "0");
  } catch {
    // not remembered, then
  }
});

if (typeof document$ === "undefined") apply(stored());
else document$.subscribe(() => apply(stored()));
