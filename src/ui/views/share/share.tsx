import { Alert, Button, CopyButton, Modal, Textarea } from '@mantine/core';
import { useMemo, type ReactElement } from 'react';
import { renderSVG } from 'uqr';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { chooseRun, saveRun } from '../files/run-files.ts';
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
      {opened ? <Files onDone={onClose} /> : null}
    </Modal>
  );
}

function Link(): ReactElement {
  const t = useText();
  const link = useMemo(() => lab.link(), []);
  const live = useLab((state) => state.mode === 'live');
  return (
    <div className={classes.share}>
      <p className={classes.what}>{t(live ? 'share.about.live' : 'share.about')}</p>
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

/** The run itself, as a file: the only way to keep a live one. */
function Files({ onDone }: { onDone: () => void }): ReactElement {
  const t = useText();
  const none = useLab((state) => state.records === 0 || state.liveAhead);
  const live = useLab((state) => state.machine.live);
  return (
    <section className={classes.files}>
      <h3>{t('share.files')}</h3>
      <p className={classes.what}>
        {t('share.files.about')} {live ? t('scheduler.mode.live.about') : null}
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={saveRun} disabled={none} title={none ? t('share.save.none') : undefined}>
          {t('share.save')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            chooseRun();
            onDone();
          }}
        >
          {t('share.open')}
        </Button>
      </div>
    </section>
  );
}

function QrCode({ link }: { link: string }): ReactElement {
  const t = useText();
  const source = useMemo(() => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(link, { border: 2 }))}`, [link]);
  return <img className={classes.qr} src={source} alt={t('share.qr')} />;
}
