// Owns the name of the device settings, for whoever opens them before they are fetched.
import { defineTexts } from '#platform/ui/texts.ts';

const { t } = defineTexts('device-settings-title', { en: { title: 'Settings' }, de: { title: 'Einstellungen' } });

export const settingsTitle = (): string => t('title');
