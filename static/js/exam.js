/*
 * An exam: the clock counts down from what the server said and speaks at 10, 5 and 1 minutes; at 0 the exam is handed
 * in. Its choices are saved by autosave.js.
 */
(() => {
  const SPOKEN_MINUTES = [10, 5, 1];
  const timer = document.querySelector("[role=timer][data-seconds]");
  if (!timer) return;

  const began = performance.now();
  const given = Number(timer.dataset.seconds);
  const key = `exam-${timer.dataset.exam}`;
  const pad = (number) => String(number).padStart(2, "0");
  let before = given + 1;
  try { before = Number(sessionStorage.getItem(key)) || before; } catch { /* private window */ }

  const say = (left) => {
    const minutes = SPOKEN_MINUTES.findLast((mark) => before > mark * 60 && left <= mark * 60);
    if (minutes) document.getElementById("time-said").textContent = `${minutes} minute${minutes > 1 ? "s" : ""} left`;
    before = left;
    try { sessionStorage.setItem(key, left); } catch { /* then it may be said once more */ }
  };
  const tick = () => {
    const left = Math.max(0, Math.round(given - (performance.now() - began) / 1000));
    const hours = Math.floor(left / 3600);
    const minutes = Math.floor(left / 60) % 60;
    timer.querySelector("span").textContent = hours ? `${hours}:${pad(minutes)}:${pad(left % 60)}` : `${minutes}:${pad(left % 60)}`;
    say(left);
    if (left > 0) return;
    clearInterval(ticking);
    document.getElementById("time-up").requestSubmit();
  };
  const ticking = setInterval(tick, 1000);

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id === "open") document.getElementById("hand-in")?.showModal();
  });
})();
