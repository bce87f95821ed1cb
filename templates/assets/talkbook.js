/* Comforts that pages do without where scripts are off: the switches are remembered from
   page to page, and a transcript plays along with its recording. */
const KEPT = { ".tb-switch input": "talkbook.as-captioned", ".tb-toggle input": "talkbook.hide-times" };

function apply(boxes, on) {
  for (const each of document.querySelectorAll(boxes)) each.checked = on;
}

function stored(key) {
  try {
    return localStorage.getItem(key) === "1";
  } catch {
    return false; // storage may be forbidden
  }
}

document.addEventListener("change", (event) => {
  for (const [boxes, key] of Object.entries(KEPT)) {
    if (!event.target.matches?.(boxes)) continue;
    apply(boxes, event.target.checked);
    try {
      localStorage.setItem(key, event.target.checked ? "1" : "0");
    } catch {
      // not remembered, then
    }
  }
});

/* The player: a click on a paragraph or its time plays from there, and the paragraph being played is marked. */
function follow(player) {
  const times = [...document.querySelectorAll("a.tb-time[data-at]")];
  document.querySelector(".tb-transcript")?.classList.add("tb-plays");
  player.addEventListener("timeupdate", () => {
    const now = times.findLast((time) => Number(time.dataset.at) <= player.currentTime)?.dataset.at;
    for (const time of times) time.parentElement.classList.toggle("tb-playing", time.dataset.at === now);
  });
}

document.addEventListener("click", (event) => {
  const player = document.querySelector(".tb-player");
  if (!player || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const time = event.target.closest("a.tb-time") ?? paragraph(event.target)?.querySelector("a.tb-time");
  if (!time) return;
  event.preventDefault();
  player.currentTime = Number(time.dataset.at);
  player.play().catch(() => {}); // where it can't, the player itself says so
});

/* The paragraph that was clicked, unless the click was for a link in it or ended a selection. */
function paragraph(target) {
  if (target.closest("a, [tabindex]") || !getSelection().isCollapsed) return null;
  return target.closest(".tb-said > p");
}

function start() {
  for (const [boxes, key] of Object.entries(KEPT)) apply(boxes, stored(key));
  const player = document.querySelector(".tb-player");
  if (player) follow(player);
}

if (typeof document$ === "undefined") start();
else document$.subscribe(start);
