// Moments are sent in UTC with the server's reading of them; show them in the visitor's own time zone.
export function localise(place) {
  for (const time of place.querySelectorAll("time[datetime*='T']")) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.valueOf())) {
      time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
        dateStyle: "medium",
        timeStyle: time.dataset.style ?? "short",
      }).format(moment);
    }
  }
}

localise(document);
