import { Alert, Button, CopyButton, Modal, Textarea } from '@mantine/core';
import { useMemo, type ReactElement } from 'react';
import { renderSVG } from 'uqr';
import { lab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { DIALOG_HEADER } from '../shell/dialog-header.ts';
import classes from './share.module.css';

/** Longer links make a QR code that no camera reads from a projector. */
const QR_LIMIT = 1200;

/** The link to exactly this view, to copy or to photograph. */
export function Share({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactElement {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('share.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('share.close') }}
      attributes={DIALOG_HEADER}
    >
      {opened ? <Link /> : null}
    </Modal>
  );
}

function Link(): ReactElement {
  const t = useText();
  const link = useMemo(() => lab.link(), []);
  return (
    <div className={classes.share}>
      <p className={classes.what}>{t('share.about')}</p>
      <Textarea
        readOnly
        autosize
        minRows={2}
        maxRows={6}
        value={link}
        aria-label={t('share.link')}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button onClick={copy} data-autofocus>
            {copied ? t('share.copied') : t('share.copy')}
          </Button>
        )}
      </CopyButton>
      <span className="visually-hidden" aria-live="polite" />
      {link.length <= QR_LIMIT ? <QrCode link={link} /> : <Alert color="gray">{t('share.qrTooLong')}</Alert>}
    </div>
  );
}

function QrCode({ link }: { link: string }): ReactElement {
  const t = useText();
  const source = useMemo(() => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(link, { border: 2 }))}`, [link]);
  return <img className={classes.qr} src={source} alt={t('share.qr')} />;
}
