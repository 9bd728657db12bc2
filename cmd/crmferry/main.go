// Command crmferry ferries contacts between spreadsheets and CRMs.
package main

import "os"

func main() {
	os.Exit(int(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)))
}
