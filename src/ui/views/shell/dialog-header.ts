/** The controls make a dialog's header a `header`, which screen readers take for the banner of the page. */
export const DIALOG_HEADER = { header: { role: 'presentation' } };
