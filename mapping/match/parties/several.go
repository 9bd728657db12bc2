package parties

import (
	"slices"
	"strconv"
	"strings"

	"crmferry/mapping/headers"
)

// OfSeveral reports whether some headers name different people, as far as they name any: "Requester Name" and "Assignee Email". A word
// alone, such as Recruiter, may be a name for anything: another header has to name somebody.
func OfSeveral(titles []string) bool {
	var people, words []string
	for _, title := range titles {
		switch who, sure := whose(title); {
		case who != "" && sure:
			people = append(people, who)
		case who != "":
			words = append(words, who)
		}
	}
	all := slices.Concat(people, words)
	return len(people) > 0 && slices.ContainsFunc(all, func(who string) bool { return who != all[0] })
}

// whose is whom a header names, "" for nobody in particular: the words beside those of a field. It is sure of known roles and beside a
// field.
func whose(title string) (who string, sure bool) {
	if p, _, _ := headers.ReadParty(title); p.Role != "" {
		return p.Role + strings.TrimLeft(strconv.Itoa(p.Number), "0"), true
	}
	rest := slices.DeleteFunc(headers.WithoutIDs(headers.Tokens(title)), func(word string) bool {
		_, known := headers.Find(word)
		sure = sure || known
		return known || headers.IsIdle(word) || headers.IsQualifier(word) || slices.Contains(strings.Fields(nobody), word)
	})
	return strings.Join(rest, " "), sure
}

// nobody are words of headers, folded, that name a field or the contact itself.
const nobody = "address addresses no nr number full display preferred lead account user profile"
