package mapping

// parseYesNo reads yes and no in five languages.
func parseYesNo(r *reading, s *source, v string) (yes, ok bool) {
	if yes, ok = yesNoOf(v); !ok {
		r.failClosed(CodeBadValue, s, v, "%s is neither yes nor no", quote(v))
	}
	return yes, ok
}
