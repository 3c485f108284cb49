import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { MACHINE_RANGES, POLICY_NAMES, type PolicyName } from '../../../abi/config.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { applies, isShown, type MachineNumber } from './controls.ts';
import classes from './scheduler.module.css';
import { PoolSize } from './pool-size.tsx';
import { WholeNumber } from './whole-number.tsx';

const NUMBERS: readonly MachineNumber[] = ['quantum', 'levels', 'allotment', 'boost', 'seed'];

/** CPUs, policy, and the numbers that the policy looks at. */
export function MachineControls(): ReactElement {
  const t = useText();
  const policy = useLab((state) => state.config.policy);
  const engine = useLab((state) => state.engine);
  const live = useLab((state) => state.mode === 'live');
  return (
    <>
      <div className={`${classes.row} ${classes.policy}`}>
        <NativeSelect
          size="xs"
          label={t('scheduler.policy')}
          value={policy}
          disabled={live}
          title={live ? t('disabled.liveMachine') : undefined}
          onChange={(event) => void lab.setConfig({ policy: event.currentTarget.value as PolicyName })}
          data={POLICY_NAMES.map((name) => ({ value: name, label: t(`policy.${name}`) }))}
        />
        <MachineField name="cpus" />
      </div>
      <p className={classes.hint} id="policy-hint">
        {live ? t('disabled.liveMachine') : t(`policy.${policy}.about`)}
      </p>
      <div className={classes.row}>
        {NUMBERS.filter((name) => isShown(name, policy, engine)).map((name) => (
          <MachineField key={name} name={name} />
        ))}
        <PoolSize />
      </div>
    </>
  );
}

function MachineField({ name }: { name: MachineNumber }): ReactElement {
  const t = useText();
  const value = useLab((state) => state.config[name]);
  const policy = useLab((state) => state.config.policy);
  const engine = useLab((state) => state.engine);
  const live = useLab((state) => state.mode === 'live');
  const { min, max } = MACHINE_RANGES[name];
  const unused = t(name === 'seed' ? 'disabled.seed' : 'disabled.quantum', { policy: t(`policy.${policy}`) });
  const reason = live ? t('disabled.liveMachine') : unused;
  return (
    <WholeNumber
      label={t(`scheduler.${name}`)}
      value={value}
      min={min}
      max={max}
      whyOff={applies(name, policy, engine) && !live ? null : reason}
      onChange={(next) => void lab.setConfig({ [name]: next })}
    />
  );
}
