import { Kbd, Modal, Table } from '@mantine/core';
import type { ReactElement } from 'react';
import { useText } from '../../texts/use-text.ts';
import { DIALOG_HEADER } from '../shell/dialog-header.ts';

const KEYS = [
  { keys: ['Space'], what: 'key.play' },
  { keys: ['→'], what: 'key.step' },
  { keys: ['←'], what: 'key.back' },
  { keys: ['Shift', '→'], what: 'key.threadNext' },
  { keys: ['Shift', '←'], what: 'key.threadBack' },
  { keys: ['Home'], what: 'key.start' },
  { keys: ['End'], what: 'key.end' },
  { keys: ['1', '…', '9'], what: 'key.pick' },
  { keys: ['Esc'], what: 'key.close' },
  { keys: ['Ctrl', 'K'], what: 'key.commands' },
  { keys: ['?'], what: 'key.help' },
] as const;

/** The keyboard, and in three lines how to read the page. */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactElement {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('share.close') }}
      attributes={DIALOG_HEADER}
    >
      <p>{t('help.about')}</p>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(({ keys, what }) => (
            <Table.Tr key={what}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(what)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
