/** Countries that returns most often cross into; any other is in the register of contacts under its code. Browsers name none in Albanian. */
const albanian = {
  XK: 'Kosovë',
  ME: 'Mali i Zi',
  MK: 'Maqedonia e Veriut',
  GR: 'Greqi',
  IT: 'Itali',
  RS: 'Serbi',
  BA: 'Bosnjë-Hercegovinë',
  HR: 'Kroaci',
  SI: 'Slloveni',
  AT: 'Austri',
  DE: 'Gjermani',
  CH: 'Zvicër',
  FR: 'Francë',
  BE: 'Belgjikë',
  NL: 'Holandë',
  GB: 'Mbretëria e Bashkuar',
  ES: 'Spanjë',
  SE: 'Suedi',
  TR: 'Turqi',
  BG: 'Bullgari',
  RO: 'Rumani',
  US: 'Shtetet e Bashkuara',
  AL: 'Shqipëri',
} as const
export const countryCodes = Object.keys(albanian).filter((code) => code !== 'AL')

/** As the reader's language names it; the code where nobody has a name for it. */
export const countryName = (code: string, language: string): string => {
  if (language === 'sq' && code in albanian) return albanian[code as keyof typeof albanian]
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
export const countryOptions = (language: string) =>
  countryCodes.map((value) => ({ value, label: countryName(value, language) }))
