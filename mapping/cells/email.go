package cells

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"crmferry/internal/crm"
)

// isExchange reports whether a cell is a name by which Exchange knows one of its own mailboxes: /o=ExchangeLabs/ou=.../cn=...
func isExchange(v string) bool { return len(v) > 3 && strings.EqualFold(v[:3], "/o=") }

// isWrapped reports whether there is more in a cell than addresses and what separates them.
func isWrapped(v string) bool {
	lower := strings.ToLower(v)
	return strings.ContainsAny(v, "<(") || strings.Contains(lower, "mailto:") || strings.Contains(lower, "smtp:")
}

// nearEmail is the address that may have been meant, for a message; "" if there is none.
func nearEmail(v string) string {
	for _, try := range []string{norm.NFKC.String(v), strings.ReplaceAll(v, ",", "."), strings.Join(strings.Fields(v), ""), strings.TrimRight(v, ".,;:")} {
		if IsEmail(try) {
			return "; " + Quote(try) + " would be one"
		}
	}
	return ""
}

// providerOf is the provider whose domain is often written so, "" for any other domain.
func providerOf(domain string) string {
	switch domain {
	case "gmial.com", "gmai.com", "gmal.com", "gamil.com", "gnail.com", "gmaill.com", "gmail.co", "gmail.cm", "gmail.om", "gmil.com", "gmail.nl",
		"gmeil.com", "gmail.de", "gmail.fr", "googlemail.co", "gmsil.com", "gmaik.com", "gimail.com":
		return "gmail.com"
	case "hotmial.com", "hotmal.com", "hotmai.com", "hotmil.com", "hotnail.com", "hotmail.co", "hotmaill.com", "hotmali.com", "hormail.com", "hotamil.com", "hotmail.cm":
		return "hotmail.com"
	case "outlok.com", "outloo.com", "outllook.com", "outlook.co", "outlool.com", "oulook.com", "outloook.com", "otlook.com":
		return "outlook.com"
	case "yaho.com", "yahooo.com", "yhaoo.com", "yahoo.co", "yhoo.com", "yahoo.cm", "yaoo.com", "ayhoo.com":
		return "yahoo.com"
	case "iclod.com", "icoud.com", "icloud.co", "icluod.com", "iclould.com", "icloud.cm":
		return "icloud.com"
	case "live.co", "lve.com", "liv.com":
		return "live.com"
	}
	return ""
}

// splitEmails takes the addresses of a cell apart: "Name <a@example.com>; mailto:b@example.com".
func splitEmails(v string) []string {
	if link := linkedEmail.FindStringSubmatch(v); link != nil {
		return link[1:]
	}
	if strings.Contains(v, "](") {
		v = unlinkMarkdown(v)
	}
	if strings.ContainsRune(v, '<') {
		return unwrapEmails(v)
	}
	var list []string
	remark := false
	for e := range strings.FieldsFuncSeq(v, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|", r) }) {
		switch open := strings.HasPrefix(e, "("); { // a remark, as in "jan@example.com (work)"
		case remark || open:
			remark = !strings.HasSuffix(e, ")")
		case e != ":::" && e != "/":
			list = append(list, trimScheme(e))
		}
	}
	return list
}

// unwrapEmails returns what stands between angle brackets.
func unwrapEmails(v string) []string {
	var list []string
	for {
		_, rest, ok := strings.Cut(v, "<")
		if !ok {
			return list
		}
		inner, after, _ := strings.Cut(rest, ">")
		list = append(list, trimScheme(strings.TrimSpace(inner)))
		v = after
	}
}

// trimScheme is the address of a link, or of a directory of Microsoft: mailto:ada@example.com?subject=Hello, SMTP:ada@example.com.
func trimScheme(v string) string {
	scheme, rest, ok := strings.Cut(v, ":")
	switch {
	case !ok:
	case strings.EqualFold(scheme, "mailto"):
		address, _, _ := strings.Cut(rest, "?")
		return address
	case strings.EqualFold(scheme, "smtp"):
		return rest
	}
	return v
}

// markdownLink finds links as Markdown writes them: [Ada](mailto:ada@example.com).
var markdownLink = regexp.MustCompile(`\[([^\[\]]*)\]\(([^()\s]*)\)`)

// unlinkMarkdown puts the addresses of links in their places; a link without one gives way to what it shows.
func unlinkMarkdown(v string) string {
	return markdownLink.ReplaceAllStringFunc(v, func(link string) string {
		parts := markdownLink.FindStringSubmatch(link)
		if address := trimScheme(parts[2]); IsEmail(address) {
			return address
		}
		return parts[1]
	})
}

// emailMarks are what keeps a cell a text in Excel, typed or made typographic by a program; they may stand around an address,
// too.
const emailMarks = "'`´‘’‚‛′“”„\""

// isMarked reports whether a cell may start with a mark. An apostrophe, a backtick and an equals sign may start an address by
// the rules, but nobody has such a one.
func isMarked(v string) bool { return v[0] >= utf8.RuneSelf || strings.IndexByte("'`=\"", v[0]) >= 0 }

// bareEmail is an address without the marks in front of it and around it; what is no address then stays as it is.
func bareEmail(v string) string {
	if v == "" || !isMarked(v) {
		return v
	}
	bare := strings.Trim(strings.TrimPrefix(strings.Trim(v, emailMarks), "="), emailMarks)
	if !IsEmail(bare) {
		return v
	}
	return bare
}

// linkedEmail finds the address in a formula that makes a link of it.
var linkedEmail = regexp.MustCompile(`(?i)^=\s*HYPERLINK\(\s*"mailto:([^"?]+)`)

// IsEmail reports whether a cell is an e-mail address. It follows the pattern of HTML's <input type=email>, and asks for a dot
// in the domain, no two dots in a row and the lengths of RFC 5321. Letters beyond ASCII are taken in domains only.
func IsEmail(v string) bool {
	at := strings.LastIndexByte(v, '@')
	if at < 1 || at > 64 || len(v) > 254 {
		return false
	}
	local, domain := v[:at], v[at+1:]
	for i := range len(local) {
		c := local[i]
		if c == '.' && (i == 0 || i == len(local)-1 || local[i-1] == '.') {
			return false
		}
		if !IsAlphanumeric(c) && strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", c) < 0 {
			return false
		}
	}
	return isDomain(domain)
}

func isDomain(v string) bool {
	label, labels := 0, 1 // bytes of the present label, number of labels
	var last rune = '.'
	for _, c := range v {
		switch {
		case c == '.':
			if label == 0 || last == '-' {
				return false
			}
			label, labels = -1, labels+1
		case c == '-':
			if label == 0 {
				return false
			}
		case c < 0x80 && !IsAlphanumeric(byte(c)), c >= 0x80 && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c):
			return false
		}
		label++
		if label > 63 {
			return false
		}
		last = c
	}
	return labels > 1 && label > 0 && last != '-'
}

// ReadEmail reads a cell of a field that holds one address: the first, if there are several. Beyond unwrapping, an address
// is never rewritten.
func ReadEmail(v, field string, most int) (string, Notes) {
	var n Notes
	if IsEmail(v) && !isMarked(v) {
		n.checkTypo(v)
		n.checkLength(v, most)
		return v, n
	}
	list, n := ReadEmails(v, nil, most)
	if !n.OK() || len(list) == 0 {
		return "", n
	}
	if list = Unique(list, crm.Fold); len(list) > 1 {
		n.Repair(RemarkSeveral, v, list[0], "%s holds %d addresses, and %s takes one: %s was left out", Quote(v), len(list), field, strings.Join(list[1:], ", "))
	}
	return list[0], n
}

// ReadEmails appends the addresses in a cell to list.
func ReadEmails(v string, list []string, most int) ([]string, Notes) {
	var n Notes
	before := len(list)
	if IsEmail(v) && !isMarked(v) {
		n.checkTypo(v)
		n.checkLength(v, most)
		return append(list, v), n
	}
	if isExchange(v) {
		n.Repair(RemarkExchange, v, "", "%s is an address inside one Exchange server, no e-mail address, and was left out", Quote(v))
		return list, n
	}
	found := slices.DeleteFunc(splitEmails(v), func(e string) bool { return e == "" }) // smtp: ada@example.com
	marked := false
	for i, e := range found {
		found[i] = bareEmail(e)
		marked = marked || found[i] != e
	}
	if !slices.ContainsFunc(found, IsEmail) {
		n.Fail(CodeBadEmail, "%s is not an e-mail address%s", Quote(v), nearEmail(v))
		return list, n
	}
	for _, e := range found {
		switch {
		case IsEmail(e):
			n.checkLength(e, most)
			n.checkTypo(e)
			list = append(list, e)
		case IsPlaceholder(e):
		default:
			n.Fail(CodeBadEmail, "%s: %s is not an e-mail address%s", Quote(v), Quote(e), nearEmail(e))
		}
	}
	if n.OK() && marked {
		n.Repair(RemarkMarker, v, strings.Join(list[before:], "; "), "%s was read as %s, without the mark that keeps it a text in Excel", Quote(v), strings.Join(list[before:], ", "))
	} else if n.OK() && isWrapped(v) {
		n.Repair(RemarkWrapped, v, strings.Join(list[before:], "; "), "%s was read as %s", Quote(v), strings.Join(list[before:], ", "))
	}
	return list, n
}

// checkTypo remarks on an address whose domain is nearly that of a large provider, or ends in what is nearly .com.
func (n *Notes) checkTypo(v string) {
	domain := v[strings.LastIndexByte(v, '@')+1:]
	meant := ""
	switch strings.ToLower(domain[strings.LastIndexByte(domain, '.')+1:]) {
	case "con", "cmo", "ocm", "comm", "vom", "coom":
		meant = domain[:strings.LastIndexByte(domain, '.')] + ".com"
	default:
		meant = providerOf(domain)
	}
	if isNobody(v) {
		n.Doubt(RemarkPlaceholder, v, "%s may be no address of anybody; it was taken as it stands", Quote(v))
	}
	if meant != "" {
		n.Doubt(RemarkTypo, v, "%s may be a slip for @%s; it was taken as it stands", Quote(v), meant)
	}
}

// isNobody reports whether an address is what people write who have none: noemail@acme.com, none@none.com, x@x.com. It is quick: every
// address is asked.
func isNobody(v string) bool {
	local, domain, _ := strings.Cut(v, "@")
	if n := len(domain) - len(".invalid"); n > 0 && strings.EqualFold(domain[n:], ".invalid") {
		return true // nobody has an address there
	}
	if len(local) > 16 {
		return false
	}
	var b [16]byte
	word := b[:0]
	for i := range len(local) {
		if c := local[i]; c != '.' && c != '-' && c != '_' {
			word = appendLower(word, local[i:i+1])
		}
	}
	switch w := string(word); w {
	case "noemail", "nomail", "none", "noaddress", "notprovided", "notavailable", "donotemail", "geenemail", "geenmail", "keineemail", "keinemail", "sinemail", "sincorreo", "pasdemail", "nessunaemail":
		return true
	case "no", "na", "nil", "null", "test", "unknown", "onbekend", "unbekannt", "a", "aa", "abc", "asdf":
	default: // "x" is written as often as one likes
		if w == "" || strings.Trim(w, "x") != "" {
			return false
		}
	}
	name, _, _ := strings.Cut(domain, ".")
	return strings.EqualFold(local, name) || strings.EqualFold(name, "none") || strings.EqualFold(name, "test") || strings.EqualFold(name, "noemail") || strings.EqualFold(name, "nomail")
}
