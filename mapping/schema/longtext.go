package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/remarks"
)

// LongText is the text of a record that makes several records where it is too long, if that is wanted, and the title in which
// these are numbered.
type LongText[C any] struct {
	Field, TitleField string
	Most              int // characters
	Text, Title       func(*C) *string
}

// Split cuts the text of a new record that is too long: the record becomes the first of its parts, and the others are returned.
func (l *LongText[C]) Split(r *Reader, c *C, isNew bool) (more []C) {
	if l == nil || !r.Options.SplitLong || len(r.Problems) > 0 {
		return nil
	}
	text := *l.Text(c)
	n := len([]rune(text))
	if n <= l.Most {
		return nil
	}
	list, torn := markup.Split(text, l.Most)
	length := fmt.Sprintf("%s has %d characters, at most %d are taken", l.Field, n, l.Most)
	why := ""
	switch {
	case !isNew:
		why = ", and one that exists already is not split"
	case list == nil:
		why = ", and there is no place to split it: a tag of HTML alone is longer, or what is one character to people"
	}
	if why != "" {
		r.Problems = append(r.Problems, remarks.Problem{Code: cells.CodeTooLong, Field: l.Field, Message: length + why, Advice: "Shorten the text."})
		return nil
	}
	said := fmt.Sprintf("%s: it is in %d parts", length, len(list))
	if torn {
		said += "; an element of HTML goes over a cut: it begins in one part and ends in another"
	}
	r.Remarks = append(r.Remarks, remarks.Remark{Code: cells.RemarkParts, Field: l.Field, Before: length, After: fmt.Sprintf("%d parts", len(list)), Message: said})
	if !r.Fields.Has(l.TitleField) {
		r.Fields = append(r.Fields, l.TitleField)
	}
	title, mark := *l.Title(c), markOf(*l.Title(c), text)
	for i, text := range list {
		part := *c
		*l.Text(&part), *l.Title(&part) = text, strings.TrimSpace(fmt.Sprintf("%s (%d/%d) [%s]", title, i+1, len(list), mark))
		more = append(more, part)
	}
	*c = more[0]
	return more[1:]
}

// markOf tells the parts of one record from those of another that begins in the same way: a part that both have alike is not
// taken for the same.
func markOf(title, text string) string {
	sum := sha256.Sum256([]byte(title + "\n" + text))
	return hex.EncodeToString(sum[:3])
}
