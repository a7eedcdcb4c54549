// A button beside a text that copies it; over plain http browsers have no clipboard, but still know the command.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const [field, said] = [button.parentElement.querySelector("input"), button.parentElement.querySelector("[role=status]")];
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    said.textContent = said.dataset.copied;
    button.focus();
  });
}
