package markup

import (
	"html"
	"regexp"
	"strings"
)

var (
	tag   = regexp.MustCompile(`(?i)</?(a|b|blockquote|br|code|div|em|h[1-6]|hr|i|img|li|ol|p|pre|s|span|strong|table|tbody|td|th|thead|tr|u|ul)(\s[^<>]*)?/?>`)
	block = regexp.MustCompile(`(?i)<br\s*/?>|</(blockquote|div|h[1-6]|li|p|pre|tr)>`)
)

// HasTags reports whether a text holds HTML.
func HasTags(text string) bool { return strings.IndexByte(text, '<') >= 0 && tag.MatchString(text) }

// WithoutTags is the text of HTML, with lines where its blocks end.
func WithoutTags(text string) string {
	if !HasTags(text) {
		return text
	}
	return html.UnescapeString(tag.ReplaceAllString(block.ReplaceAllString(text, "\n"), ""))
}
