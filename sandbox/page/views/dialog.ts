/** For `ref`: shows a dialog as soon as it is in the page. The browser gives the focus back when it closes. */
export function openDialog(element: Element | undefined): void {
  if (!(element instanceof HTMLDialogElement)) return;
  // It is put into the page only after this.
  queueMicrotask(() => {
    if (element.isConnected && !element.open) element.showModal();
  });
}

/** Closes whatever dialog is open, by the browser's own way: the focus goes back to where it was. */
export function closeDialog(): void {
  document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
}
