package report

// Title is what reports say of an import.
func Title(resource string, deletes bool) string {
	if deletes {
		return "Delete from " + resource
	}
	return "Import into " + resource
}
