// The time left: the page was told by the server how many seconds remain, and counts those, whatever this device's clock
// says. A page that was kept for want of a network tells of an earlier moment; there the end that was told last counts,
// and only the server decides that it has come.

export function useTimer(code, over) {
  const element = document.getElementById("timer");
  if (!element) return null;
  const value = element.querySelector(".value");
  const announce = document.getElementById("announce");
  const button = document.getElementById("hide-timer");
  const place = `quizapp-end:${code}`;
  const isKept = "kept" in document.documentElement.dataset;
  let end = performance.now() + Number(element.dataset.left) * 1000;
  let isHidden = false;
  let announced = Infinity;
  let isOver = false;
  try {
    isHidden = localStorage.getItem("quizapp-timer") === "hidden";
  } catch {
    // Storage is off: the timer shows.
  }

  function remember() {
    try {
      localStorage.setItem(place, Date.now() + end - performance.now());
    } catch {
      // As above.
    }
  }

  try {
    const told = Number(localStorage.getItem(place));
    if (isKept && told) end = Math.min(end, performance.now() + told - Date.now());
  } catch {
    // As above.
  }
  if (!isKept) remember();

  function two(number) {
    return String(number).padStart(2, "0");
  }

  function tick() {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    const clock = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
    value.textContent = isHidden ? element.dataset.hidden : element.dataset.words.replace("{}", clock);
    element.classList.toggle("short", left <= 60);
    for (const mark of [5, 1]) {
      if (left > mark * 60 || left <= (mark === 5 ? 60 : 0) || announced <= mark) continue;
      announced = mark;
      announce.textContent = mark === 1 ? element.dataset.minute : element.dataset.minutes.replace("{}", mark);
    }
    if (left === 0 && !isOver && !isKept) {
      isOver = true;
      announce.textContent = element.dataset.over;
      announce.classList.remove("unseen");
      over();
    }
  }

  function label() {
    button.textContent = isHidden ? button.dataset.show : button.dataset.hide;
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    isHidden = !isHidden;
    try {
      localStorage.setItem("quizapp-timer", isHidden ? "hidden" : "shown");
    } catch {
      // As above.
    }
    label();
    tick();
  });
  label();
  tick();
  setInterval(tick, 500);
  return {
    // The server tells anew how much is left, as extra time may have been given.
    set(left) {
      if (left === null || left === undefined || isOver) return;
      const told = performance.now() + left * 1000;
      if (Math.abs(told - end) < 1500) return;
      if (told > end) announced = Infinity;
      end = told;
      remember();
      tick();
    },
  };
}
