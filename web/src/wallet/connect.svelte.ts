// The side of the wallet in the conversation with a page that opened this window (core/dapp.ts, docs/dapps.md).
import { toBase58 } from '../codecs/base58';
import { toHex } from '../codecs/hex';
import {
  DAPP_PROTOCOL,
  ERRORS,
  messageToSign,
  METHODS,
  readAsk,
  readRequest,
  type Ask,
  type DappError,
  type DappRequest,
  type Permission,
} from './core/dapp';
import type { Entry } from './core/journal';
import { wallet } from './session.svelte';

// Questions that wait at most: a page that sends more is told so.
const MOST_WAITING = 16;

export interface Question {
  origin: string;
  request: DappRequest;
  ask: Ask;
}

export class DappConversation {
  questions = $state.raw<Question[]>([]);
  answered = $state(0);
  declined = $state(false);
  readonly opener: Window | null = typeof window === 'undefined' ? null : (window.opener as Window | null);

  start(): () => void {
    const listen = (event: MessageEvent<unknown>) => this.hear(event);
    addEventListener('message', listen);
    // Says nothing but that this window listens: the opener's origin is not known yet.
    this.opener?.postMessage({ protocol: DAPP_PROTOCOL, event: 'ready' }, '*');
    return () => removeEventListener('message', listen);
  }

  private hear(event: MessageEvent<unknown>): void {
    if (event.source !== this.opener || !/^https?:\/\//.test(event.origin)) return;
    const request = readRequest(event.data);
    if (!request) return;
    const ask = readAsk(request);
    if ('code' in ask) return this.answer(event.origin, request, { error: ask });
    if (this.questions.length >= MOST_WAITING) return this.answer(event.origin, request, { error: ERRORS.failed });
    this.questions = [...this.questions, { origin: event.origin, request, ask }];
  }

  // Those that need no consent are answered as soon as the wallet is open.
  settle(): void {
    for (const question of this.questions) {
      const result = this.withoutConsent(question);
      if (result) this.finish(question, result);
    }
  }

  private withoutConsent({ origin, ask }: Question): { result: unknown } | { error: DappError } | null {
    const permission = this.permissionOf(origin);
    switch (ask.ask) {
      case 'capabilities':
        return {
          result: {
            provider: 'dusk-page-wallet',
            chainId: this.chainId,
            methods: METHODS,
            txKinds: ['transfer', 'contract_call'],
            features: {
              signMessage: wallet.module.signs,
              shieldedRecipients: wallet.chain?.shieldedWorks === true,
              shieldedReceiveAddress: true,
            },
          },
        };
      case 'chain':
        return { result: this.chainId };
      case 'profiles':
        return { result: permission ? [this.visible(permission)] : [] };
      case 'disconnect':
        void wallet.updatePermissions((all) => all.filter((one) => one.origin !== origin));
        return { result: true };
      case 'balance': {
        if (!permission) return { error: ERRORS.notConnected };
        const account = wallet.accounts.get(permission.profile);
        return account ? { result: { value: account.balance.toString(), nonce: account.nonce.toString() } } : null;
      }
      case 'connect':
        return permission && (permission.withShielded || !ask.withShielded) ? { result: [this.visible(permission)] } : null;
      default:
        return permission ? null : { error: ERRORS.notConnected };
    }
  }

  get chainId(): string {
    return `dusk:${wallet.chain?.chainId}`;
  }

  permissionOf(origin: string): Permission | undefined {
    return wallet.permissions.find((one) => one.origin === origin && one.profile < wallet.profiles.length);
  }

  private visible(permission: Permission): Record<string, string> {
    const texts = wallet.profiles[permission.profile];
    return {
      profileId: `profile:${permission.profile}`,
      account: texts?.account ?? '',
      ...(permission.withShielded ? { shieldedAddress: texts?.address ?? '' } : {}),
    };
  }

  async allow(question: Question, profile: number): Promise<void> {
    if (question.ask.ask !== 'connect') return;
    const permission: Permission = { origin: question.origin, profile, withShielded: question.ask.withShielded, granted: Date.now() };
    await wallet.updatePermissions((all) => [...all.filter((one) => one.origin !== question.origin), permission]);
    this.finish(question, { result: [this.visible(permission)] });
  }

  async sign(question: Question): Promise<void> {
    const permission = this.permissionOf(question.origin);
    if (question.ask.ask !== 'sign' || !permission || !wallet.engine || !wallet.chain) return;
    const message = messageToSign(question.origin, wallet.chain.chainId, question.ask.message);
    const { signature, account } = await wallet.engine.call('signMessage', permission.profile, message);
    this.finish(question, {
      result: { account: toBase58(account), signature: toHex(signature), signed: new TextDecoder().decode(message) },
    });
  }

  sent(question: Question, entry: Entry): void {
    this.finish(question, { result: { hash: entry.id, nonce: entry.nonce?.toString() ?? null } });
  }

  decline(question: Question): void {
    this.declined = true;
    this.finish(question, { error: ERRORS.declined });
  }

  private finish(question: Question, outcome: { result: unknown } | { error: DappError }): void {
    this.questions = this.questions.filter((one) => one !== question);
    this.answered++;
    this.answer(question.origin, question.request, outcome);
  }

  // To the origin that asked and to no other, wherever the window may have gone meanwhile.
  private answer(origin: string, request: DappRequest, outcome: { result: unknown } | { error: DappError }): void {
    this.opener?.postMessage({ protocol: DAPP_PROTOCOL, id: request.id, ...outcome }, origin);
  }
}
