/** For `ref`: shows a dialog as soon as it is there. The browser gives the focus back when it closes. */
export function openDialog(element: Element | undefined): void {
  if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
}
