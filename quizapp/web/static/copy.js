// A button beside a text that copies it; over plain http browsers have no clipboard, but still know the command.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const [field, said] = [button.parentElement.querySelector("input"), button.parentElement.querySelector("[role=status]")];
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    const isCopied = await copied(field);
    said.textContent = isCopied ? said.dataset.copied : "";
    (isCopied ? button : field).focus(); // what could not be copied stays selected, to be copied by hand
  });
}

async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
