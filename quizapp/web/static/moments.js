// Moments are entered in the zone of whoever enters them: tell the form which that is, and show what is set in it.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const form of document.querySelectorAll("form[data-moments]")) {
  form.elements.zone.value = zone;
  for (const place of form.querySelectorAll("[data-zone]")) place.textContent = zone;
  for (const field of form.querySelectorAll("input[data-moment]")) {
    if (!field.dataset.moment) continue;
    const moment = new Date(field.dataset.moment);
    const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
    field.value = local.toISOString().slice(0, 16);
  }
}
