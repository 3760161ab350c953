/** Countries that returns most often cross into; any other is in the register of contacts under its code. */
export const countryCodes = [
  'XK',
  'ME',
  'MK',
  'GR',
  'IT',
  'RS',
  'BA',
  'HR',
  'SI',
  'AT',
  'DE',
  'CH',
  'FR',
  'BE',
  'NL',
  'GB',
  'ES',
  'SE',
  'TR',
  'BG',
  'RO',
  'US',
] as const

/** As the reader's language names it; the code where the browser has no name. */
export const countryName = (code: string, language: string): string => {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
export const countryOptions = (language: string) =>
  countryCodes.map((value) => ({ value, label: countryName(value, language) }))
