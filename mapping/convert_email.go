package mapping

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
)

// parseEmail reads a cell of a field that holds one address: the first, if there are several. Beyond unwrapping, an
// address is never rewritten.
func parseEmail(r *reading, s *source, v string) (string, bool) {
	if cells.IsEmail(v) {
		r.checkSlip(s, v)
		return v, r.fits(s, v)
	}
	list, ok := parseEmails(r, s, v, nil)
	if !ok || len(list) == 0 {
		return "", false
	}
	if list = unique(list, cells.SameEmail); len(list) > 1 {
		r.repair(FoundSeveral, s, v, list[0], "%s holds %d addresses, and %s takes one: %s was left out", cells.Quote(v), len(list), r.name, strings.Join(list[1:], ", "))
	}
	return list[0], true
}

// parseEmails appends the addresses in a cell to list.
func parseEmails(r *reading, s *source, v string, list []string) ([]string, bool) {
	if cells.IsEmail(v) {
		r.checkSlip(s, v)
		return append(list, v), r.fits(s, v)
	}
	if cells.IsExchange(v) {
		r.repair(FoundExchange, s, v, "", "%s is an address inside one Exchange server, no e-mail address, and was left out", cells.Quote(v))
		return list, true
	}
	found := cells.SplitEmails(v)
	if !slices.ContainsFunc(found, cells.IsEmail) {
		r.fail(CodeBadEmail, s, "%s is not an e-mail address%s", cells.Quote(v), cells.NearEmail(v))
		return list, false
	}
	good := true
	for _, e := range found {
		switch {
		case cells.IsEmail(e):
			good = r.fits(s, e) && good
			r.checkSlip(s, e)
			list = append(list, e)
		case cells.IsPlaceholder(e):
		default:
			r.fail(CodeBadEmail, s, "%s: %s is not an e-mail address%s", cells.Quote(v), cells.Quote(e), cells.NearEmail(e))
			good = false
		}
	}
	if good && cells.IsWrapped(v) {
		r.repair(FoundWrapped, s, v, strings.Join(list, "; "), "%s was read as %s", cells.Quote(v), strings.Join(list, ", "))
	}
	return list, good
}

// checkSlip reports an address whose domain is nearly that of a large provider, or ends in what is nearly .com.
func (r *reading) checkSlip(s *source, v string) {
	domain := v[strings.LastIndexByte(v, '@')+1:]
	meant := ""
	switch strings.ToLower(domain[strings.LastIndexByte(domain, '.')+1:]) {
	case "con", "cmo", "ocm", "comm", "vom", "coom":
		meant = domain[:strings.LastIndexByte(domain, '.')] + ".com"
	default:
		meant = cells.ProviderOf(domain)
	}
	if meant != "" {
		r.suspect(FoundSlip, s, v, "%s may be a slip for @%s; it was taken as it stands", cells.Quote(v), meant)
	}
}
