/** For `ref`: shows a dialog as soon as it is in the page. The browser gives the focus back when it closes. */
export function openDialog(element: Element | undefined): void {
  if (!(element instanceof HTMLDialogElement)) return;
  // It is put into the page only after this.
  queueMicrotask(() => {
    if (element.isConnected && !element.open) element.showModal();
  });
}
