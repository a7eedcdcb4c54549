// Shortcuts for a page of questions: 1 to 9 choose, n and p move, f flags, ? explains. They can be switched off.

const SWITCH = "quizapp-keys";

// Lets a box switch shortcuts on and off for good; returns the function that says whether they are on.
export function keySwitch(box) {
  try {
    box.checked = localStorage.getItem(SWITCH) !== "off";
  } catch {
    // Storage is off: the shortcuts are on.
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // As above.
    }
  });
  return () => box.checked;
}

export function useKeys(fields) {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const isOn = keySwitch(document.getElementById("keys-on"));
  const opener = document.getElementById("show-keys");
  let current = 0;
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());

  const questions = [...document.querySelectorAll(".question[data-number]")];
  document.addEventListener("focusin", (event) => {
    const at = questions.indexOf(event.target.closest?.(".question[data-number]"));
    if (at >= 0) current = at;
  });

  function goTo(at) {
    if (at < 0 || at >= questions.length) {
      document.getElementById(at < 0 ? "previous" : "next")?.focus();
      return;
    }
    current = at;
    const fieldOrTitle = questions[at].querySelector("input:not([type=hidden]), select, [tabindex='-1']");
    const checked = questions[at].querySelector("input:checked");
    (checked ?? fieldOrTitle)?.focus();
    questions[at].scrollIntoView({ block: "nearest" });
  }

  function choose(place) {
    const option = questions[current]?.querySelectorAll("label.option input")[place];
    option?.focus();
    option?.click();
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("input[type=text], textarea, select");
    if (!isOn() && event.key !== "?") return;
    if (isTyping || event.isComposing || event.keyCode === 229 || dialog.open) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[1-9]$/.test(event.key)) choose(Number(event.key) - 1);
    else if (event.key === "n") goTo(current + 1);
    else if (event.key === "p") goTo(current - 1);
    else if (event.key === "f") questions[current]?.querySelector(".flag input")?.click();
    else if (event.key === "?") dialog.showModal();
    else return;
    event.preventDefault();
  });
}
