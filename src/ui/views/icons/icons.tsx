import type { ReactElement } from 'react';

/** 20 × 20 icons drawn with the current colour; the control around one carries its name. */
export function icon(name: string, body: ReactElement): () => ReactElement {
  const Icon = (): ReactElement => (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {body}
    </svg>
  );
  Icon.displayName = name;
  return Icon;
}

export const PlayIcon = icon('PlayIcon', <path d="M6 4v12l10-6z" fill="currentColor" />);
export const PauseIcon = icon('PauseIcon', <path d="M7 4v12M13 4v12" strokeWidth="2.6" />);
export const StopIcon = icon('StopIcon', <rect x="5" y="5" width="10" height="10" rx="1" fill="currentColor" />);
export const StepIcon = icon('StepIcon', <path d="M6 4l8 6-8 6z" />);
export const BackIcon = icon('BackIcon', <path d="M14 4l-8 6 8 6z" />);
export const StartIcon = icon('StartIcon', <path d="M15 4l-8 6 8 6zM4.5 4v12" />);
export const EndIcon = icon('EndIcon', <path d="M5 4l8 6-8 6zM15.5 4v12" />);
export const ShareIcon = icon(
  'ShareIcon',
  <path d="M8.5 11.5a3.2 3.2 0 0 0 4.6 0l2.8-2.8a3.25 3.25 0 0 0-4.6-4.6l-1 1M11.5 8.5a3.2 3.2 0 0 0-4.6 0l-2.8 2.8a3.25 3.25 0 0 0 4.6 4.6l1-1" />,
);
export const SunIcon = icon(
  'SunIcon',
  <path d="M10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8zM10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M4.3 15.7l1.2-1.2M14.5 5.5l1.2-1.2" />,
);
export const MoonIcon = icon('MoonIcon', <path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z" />);
export const HelpIcon = icon(
  'HelpIcon',
  <path d="M7.4 7.4a2.7 2.7 0 1 1 4 2.4c-.9.5-1.4 1-1.4 2M10 14.6v.1M10 2.4a7.6 7.6 0 1 0 0 15.2 7.6 7.6 0 0 0 0-15.2z" />,
);
export const ChevronIcon = icon('ChevronIcon', <path d="M6 8l4 4 4-4" />);
export const CheckIcon = icon('CheckIcon', <path d="M4.5 10.5l3.5 3.5 7.5-8" />);
