import { CodePipelineClient, PutApprovalResultCommand } from '@aws-sdk/client-codepipeline';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { pipelineApprovals } from '../../../lambdas/adapters/codepipeline/pipeline-approvals.ts';
import { aPause, KINDS, region, wired } from './waiting-kinds.ts';

describe('what each does that the others do not', () => {
  const [approval, codeDeploy, pause] = KINDS;

  test.each([
    ['rollback', 'ROLLBACK'],
    ['promote', 'PROMOTE'],
  ] as const)('after ten minutes of failures an approval’s policy %s answers', async (policy, decision) => {
    const { caller, told, comesBack, wait } = approval.open('ours');
    await caller.answer(approval.event(policy));
    wait(600_000);
    await caller.answer(comesBack());
    expect(told()).toEqual([approval.answers(decision, expect.stringContaining('could not judge (no answer)'))]);
  });

  test('a notification that asks for no approval is nobody’s', () => {
    const { caller } = approval.open('PROMOTE');
    expect(caller.isMine({ Records: [{ Sns: { Message: 'hello' } }] })).toBe(false);
    expect(caller.isMine({ Records: [{ Sns: { Message: '{"alarm":1}' } }] })).toBe(false);
  });

  test('a summary is cut where CodePipeline would refuse it', async () => {
    const aws = mockClient(CodePipelineClient);
    aws.on(PutApprovalResultCommand).resolves({});
    const who = { pipelineName: 'p', stageName: 's', actionName: 'a', token: 't' };
    await pipelineApprovals(new CodePipelineClient({ region })).answer(who, 'Approved', 'x'.repeat(2_000));
    expect(aws.commandCalls(PutApprovalResultCommand)[0]?.args[0].input.result?.summary).toHaveLength(512);
  });

  test('CodeDeploy’s hook before the traffic begins the release and lets it go on', async () => {
    const { caller, told, asked } = codeDeploy.open('ROLLBACK', 'rollback', 'BeforeAllowTraffic');
    await caller.answer(codeDeploy.event());
    expect(told()).toEqual([codeDeploy.answers('PROMOTE')]);
    expect(asked).toMatchObject([
      {
        what: 'start',
        with: {
          group: 'billing',
          executionId: 'd-ABCDEF123',
          requestId: 'd-ABCDEF123',
          askedBy: { caller: 'codedeploy', name: 'billing/live' },
        },
      },
    ]);
  });

  test.each([
    ['rollback', 'ROLLBACK'],
    ['promote', 'PROMOTE'],
  ] as const)('after ten minutes of failures a deployment group’s policy %s answers', async (policy, decision) => {
    const { caller, told, comesBack, wait } = codeDeploy.open('ours', policy);
    await caller.answer(codeDeploy.event());
    wait(600_000);
    await caller.answer(comesBack());
    expect(told()).toEqual([codeDeploy.answers(decision)]);
  });

  test('a deployment of a group that nobody wired fails', async () => {
    const { caller, told } = codeDeploy.open('PROMOTE', 'manual', 'AfterAllowTraffic', 'billing/other');
    await caller.answer(codeDeploy.event());
    expect(told()).toEqual([codeDeploy.answers('ROLLBACK')]);
  });

  test('a pause before the scale-up begins the release and goes on', async () => {
    const { caller, told, asked } = pause.open('ROLLBACK');
    await caller.answer(aPause({ ...wired, onInconclusive: 'manual' }, { lifecycleStage: 'PRE_SCALE_UP' }));
    expect(told()).toEqual([pause.answers('PROMOTE')]);
    expect(asked.map(({ what }) => what)).toEqual(['start']);
  });

  test.each([
    'HOOK_IN_PROGRESS',
    'HOOK_SUCCEEDED',
    'HOOK_FAILED',
    'HOOK_TIMED_OUT',
  ])('%s is only news', async (eventName) => {
    const { caller, told, asked, schedules } = pause.open('PROMOTE');
    await caller.answer(aPause({ ...wired, onInconclusive: 'manual' }, { eventName }));
    expect([told(), asked, schedules()]).toEqual([[], [], []]);
  });

  test('the members behind a pause are found by the addresses of the new revision’s tasks', async () => {
    const { caller, asked } = pause.open('CONTINUE');
    await caller.answer(aPause({ group: 'billing', onInconclusive: 'manual' }));
    expect(asked.find(({ what }) => what === 'follow')?.with).toMatchObject({
      canary: { client: null, instance: null, host: '^/?(10\\.0\\.1\\.5)$' },
    });
  });
});
