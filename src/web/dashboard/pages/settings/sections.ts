import type { ComponentType } from 'react'
import type { Scope } from '../../../contract/access.ts'
import { AccountSection } from './account/account-section.tsx'
import { AuditSection } from './account/audit-section.tsx'
import { NotificationsSection } from './account/notifications-section.tsx'
import { TokensSection } from './account/tokens-section.tsx'
import { UsersSection } from './account/users-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { BackupSection } from './backup-section.tsx'
import { ExitsSection } from './exits-section.tsx'
import {
  BrokerSection,
  ExcludedSection,
  HoursSection,
  LimitsSection,
  OrdersSection,
  SystemSection,
  UnfilledSection,
} from './form-sections.tsx'
import { RawSection } from './raw-section.tsx'

export interface SettingsSection {
  /** The anchor of the section: other pages link to `/settings#limits`. */
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly Section: ComponentType
  /** Has nothing to do with the file, and stands there whether that can be read or not. */
  readonly standsAlone?: true
  /** Only for those who may. */
  readonly scope?: Scope
  /** Makes no sense in the demo, where nobody has an account. */
  readonly notInDemo?: true
}

/** The sections of the page from top to bottom: one line each. Users, devices, tokens and push notifications stand here too. */
export const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  { id: 'limits', ko: '한도', en: 'Limits', Section: LimitsSection },
  { id: 'exits', ko: '청산', en: 'Exits', Section: ExitsSection },
  { id: 'unfilled', ko: '미체결', en: 'Unfilled orders', Section: UnfilledSection },
  { id: 'hours', ko: '시간', en: 'Hours', Section: HoursSection },
  { id: 'orders', ko: '주문 경로', en: 'Order routing', Section: OrdersSection },
  { id: 'excluded', ko: '제외 종목', en: 'Excluded names', Section: ExcludedSection },
  { id: 'broker', ko: '증권사·환경', en: 'Broker', Section: BrokerSection },
  { id: 'system', ko: '시스템', en: 'System', Section: SystemSection },
  { id: 'appearance', ko: '화면', en: 'Appearance', Section: AppearanceSection, standsAlone: true },
  { id: 'notifications', ko: '알림', en: 'Notifications', Section: NotificationsSection, standsAlone: true },
  { id: 'account', ko: '내 계정', en: 'My account', Section: AccountSection, standsAlone: true },
  {
    id: 'users',
    ko: '사용자',
    en: 'Users',
    Section: UsersSection,
    standsAlone: true,
    scope: 'admin',
    notInDemo: true,
  },
  {
    id: 'tokens',
    ko: 'API 토큰',
    en: 'API tokens',
    Section: TokensSection,
    standsAlone: true,
    notInDemo: true,
  },
  {
    id: 'audit',
    ko: '감사 기록',
    en: 'Audit log',
    Section: AuditSection,
    standsAlone: true,
    scope: 'admin',
    notInDemo: true,
  },
  { id: 'file', ko: '원문 편집', en: 'Text of the file', Section: RawSection },
  { id: 'backup', ko: '백업', en: 'Backup', Section: BackupSection },
]
