/* Comforts that pages do without where scripts are off: the switch is remembered from
   page to page, and a transcript plays along with its recording. */
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

/* The player: a click on a paragraph or its time plays from there, and the paragraph being played is marked. */
function follow(player) {
  const times = [...document.querySelectorAll("a.tb-time[data-at]")];
  document.querySelector(".tb-transcript")?.classList.add("tb-plays");
  let playing = null;
  player.addEventListener("timeupdate", () => {
    const now = times.findLast((time) => Number(time.dataset.at) <= player.currentTime)?.parentElement ?? null;
    if (now === playing) return;
    playing?.classList.remove("tb-playing");
    now?.classList.add("tb-playing");
    playing = now;
  });
}

document.addEventListener("click", (event) => {
  const player = document.querySelector(".tb-player");
  if (!player || event.metaKey || event.ctrlKey) return;
  const time = event.target.closest("a.tb-time") ?? paragraph(event.target)?.querySelector("a.tb-time");
  if (!time) return;
  event.preventDefault();
  player.currentTime = Number(time.dataset.at);
  player.play();
});

/* The paragraph that was clicked, unless the click was for a link in it or ended a selection. */
function paragraph(target) {
  if (target.closest("a, [tabindex]") || !getSelection().isCollapsed) return null;
  return target.closest(".tb-said > p");
}

function start() {
  apply(stored());
  const player = document.querySelector(".tb-player");
  if (player) follow(player);
}

if (typeof document$ === "undefined") start();
else document$.subscribe(start);
