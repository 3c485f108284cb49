import { icon } from '../icons/icons.tsx';

export const UndoIcon = icon('UndoIcon', <path d="M8 5L4 9l4 4M4 9h7a4.5 4.5 0 0 1 0 9" transform="translate(0 -1)" />);
export const RedoIcon = icon(
  'RedoIcon',
  <path d="M12 5l4 4-4 4M16 9H9a4.5 4.5 0 0 0 0 9" transform="translate(0 -1)" />,
);
export const ResetIcon = icon('ResetIcon', <path d="M5 4v4h4M5.3 8A6 6 0 1 1 4 11.5" />);
