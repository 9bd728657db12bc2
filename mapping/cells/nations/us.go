package nations

import (
	"strings"

	"crmferry/mapping/headers"
)

// StateCode is the code of a state given by code or name, "" if there is none. Codes of the postal service include
// territories and the addresses of the armed forces.
func StateCode(v string) string {
	if len(v) == 2 && (strings.HasPrefix(states, v) || strings.Contains(states, "|"+v)) {
		return v // written as the list has it: by far the most cells
	}
	folded := headers.Fold(v)
	for entry := range strings.SplitSeq(states, "|") {
		if code, name := entry[:2], entry[2:]; strings.EqualFold(code, folded) || name == folded {
			return code
		}
	}
	return ""
}

const states = "ALalabama|AKalaska|AZarizona|ARarkansas|CAcalifornia|COcolorado|CTconnecticut|DEdelaware|FLflorida|GAgeorgia|HIhawaii|" +
	"IDidaho|ILillinois|INindiana|IAiowa|KSkansas|KYkentucky|LAlouisiana|MEmaine|MDmaryland|MAmassachusetts|MImichigan|MNminnesota|" +
	"MSmississippi|MOmissouri|MTmontana|NEnebraska|NVnevada|NHnewhampshire|NJnewjersey|NMnewmexico|NYnewyork|NCnorthcarolina|" +
	"NDnorthdakota|OHohio|OKoklahoma|ORoregon|PApennsylvania|RIrhodeisland|SCsouthcarolina|SDsouthdakota|TNtennessee|TXtexas|UTutah|" +
	"VTvermont|VAvirginia|WAwashington|WVwestvirginia|WIwisconsin|WYwyoming|DCdistrictofcolumbia|DCwashingtondc|ASamericansamoa|GUguam|" +
	"MPnorthernmarianaislands|PRpuertorico|VIvirginislands|VIusvirginislands|AAarmedforcesamericas|AEarmedforceseurope|AParmedforcespacific|" +
	"ALala|AZariz|ARark|CAcalif|CAcal|COcolo|CTconn|DEdel|FLfla|ILill|INind|KSkan|KSkans|MAmass|MImich|MNminn|MTmont|NEneb|NEnebr|NVnev|" +
	"NMnmex|NDndak|OKokla|ORore|ORoreg|PApenn|PApenna|SDsdak|TNtenn|TXtex|WAwash|WVwva|WIwis|WIwisc|WYwyo"

// ZipStarts lists how the ZIP codes of a state begin that begin with a zero.
func ZipStarts(state string) string {
	switch state {
	case "MA":
		return "01|02|05"
	case "RI":
		return "02"
	case "NH":
		return "03"
	case "ME":
		return "03|04"
	case "VT":
		return "05"
	case "CT":
		return "06"
	case "NJ":
		return "07|08"
	case "PR", "VI":
		return "00"
	case "AE":
		return "09"
	}
	return ""
}

// HasStates reports whether the regions of a country are states of the USA: its territories have codes of their own.
func HasStates(country string) bool {
	switch country {
	case "US", "PR", "GU", "VI", "AS", "MP", "UM":
		return true
	}
	return false
}

// IsZip reports whether a text is a ZIP code of the USA.
func IsZip(v string) bool { return ZipDigits(v) == 5 }

// ZipDigits counts the digits of a ZIP code without the four that ZIP+4 adds; 0 for what is made of anything else.
func ZipDigits(v string) int {
	five, four, plus := strings.Cut(v, "-")
	if !isNumber(five) || plus && (len(four) != 4 || !isNumber(four)) {
		return 0
	}
	return len(five)
}

func isNumber(v string) bool { return strings.Trim(v, "0123456789") == "" }

// ZipForms are the forms of the postal codes of countries: 9 is a digit, A a letter, and a space may be left out. "" for
// countries whose forms are not known here.
func ZipForms(country string) string {
	switch country {
	case "US":
		return "99999|99999-9999"
	case "DE", "FR", "ES", "IT", "FI":
		return "99999"
	case "NL":
		return "9999 AA"
	case "BE", "AT", "CH", "DK", "NO", "LU":
		return "9999"
	case "SE":
		return "999 99"
	case "PL":
		return "99-999"
	case "PT":
		return "9999-999"
	case "GB":
		return "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA"
	case "CA":
		return "A9A 9A9"
	}
	return ""
}

// HasForm reports whether a postal code is written in a form, with or without its space, in letters of either case.
func HasForm(zip, form string) bool {
	for i := range len(form) {
		if form[i] == ' ' && (zip == "" || zip[0] != ' ') {
			continue
		}
		if zip == "" {
			return false
		}
		c := zip[0]
		zip = zip[1:]
		switch form[i] {
		case '9':
			if c < '0' || c > '9' {
				return false
			}
		case 'A':
			if c|0x20 < 'a' || c|0x20 > 'z' {
				return false
			}
		default:
			if c != form[i] {
				return false
			}
		}
	}
	return zip == ""
}
