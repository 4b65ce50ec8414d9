/** As a `ref`: where typing begins. In a dialog the browser looks for the attribute when it opens; on a page there is nobody who looks. */
export function askForFocus(input: HTMLInputElement | null): void {
  input?.setAttribute('autofocus', '')
  input?.focus()
}
