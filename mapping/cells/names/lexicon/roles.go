// Package lexicon knows the words of names: titles, degrees, first names, and those of firms and of several people.
package lexicon

import (
	"strings"
	"sync"

	"crmferry/mapping/headers"
)

// Role is what a word beside a name may be.
type Role uint32

// What a word may be.
const (
	Title        Role = 1 << iota // stands before a name, with or without a point
	Rank                          // a title that is a word or a name as well: before two words or more
	Named                         // a rank that is a name as well
	Dotted                        // a title with a point only
	Qualifier                     // stands before a title: Lt., Vice, Very
	Continuation                  // stands behind a title: med., rer. nat.
	Generation                    // tells father from son: Jr., III
	Degree                        // stands behind a name: PhD, CPA
	Capital                       // a degree in capitals or with points, else a name: MA, Do

	Given     // a first name, and hardly ever a last one
	Turning   // such a one of a country where the last name often stands first
	Iberian   // such a one of Spain, Portugal or America
	GivenToo  // a first name that is a last name as often
	Surname   // a last name, and hardly a first one
	Chinese   // a last name of China, in Latin letters
	Household // stands before the last name of several people: Familie
	Body      // stands before the name of a firm or a public body: Stadt
	Trade     // ends the name of a firm, and says what it does
	Desk      // of an account or a department: Sales, Deleted
	Other     // means something beside a name that is told elsewhere: a particle, a greeting
)

// roleWords are the words of each role, folded. They are those of English, German, Dutch, French, Spanish, Italian, Polish, Portuguese,
// Swedish, Danish, Norwegian, Czech and Slovak.
var roleWords = []roleList{
	{Title, "mr mrs ms miss mx dr drs prof profs professor doctor messrs mmes madam mister reverend rev revd honorable honourable capt sgt lt ltc ltcol cpl pvt " +
		"cmdr lcdr msgt ssgt atty rabbi dhr mevr mw mej mevrouw meneer dhrs ir herr frau fraulein herrn dipling diplkfm diplkffr diplinf diplvw diplok " +
		"diplpsych diplpad diplbetrw diplbiol diplchem diplphys diplmath diplwirting diplwiing hofrat mme mlle monsieur madame mademoiselle maitre veuve sra srta dra " +
		"senor senora senorita doctora profa signor signora signorina signore sigra signa dott dottssa dottore dottoressa drssa profssa professoressa ingegner " +
		"avvocato pani mgr inz drhab drinz inzynier magister senhor senhora doutor doutora exmo exma fru froken frk herra mudr judr phdr rndr mvdr paeddr thdr hrh rechtsanwaltin sayin sayın bayan"},
	{Rank, "sir dame lord lady judge duchess baroness countess major general colonel captain lieutenant sergeant corporal admiral " +
		"commander bishop archbishop cardinal pope pastor father sister brother president senator governor chief ambassador provost chancellor secretary " +
		"congressman congresswoman councillor councilman councilwoman constable detective inspector superintendent mayor minister attorney padre " +
		"dominee kapitan oberst grafin freiherr freifrau jonkheer jonkvrouw dottor swami shri smt sr gov ing fr hr " +
		"lek mag dna pr sor rouva kommr ustaz khun ibu bapak datuk datin alhaji alhaja engr marshal brigadier chaplain commissioner sheriff trooper ensign master private rechtsanwalt steuerberater steuerberaterin notar " +
		"assemblyman assemblywoman alderman representative premier marquess marquis viscount count docent doz pd"},
	{Named, "don haji hajji tuan pak dato graf king queen prince princess duke imam sheikh sheik dona pan major judge general bishop pope pastor president chief sr gov ing fr hr mag marshal master private"},
	{Dotted, "sr mag ing sig avv geom arch rag lic arq eng ds pr dipl min rep pres supt jhr jkvr fr mons dek kand cand stud adv ks kpt por " +
		"dna maga dkfm gen maj col sen gov hon adm brig hr bc doc det insp amb lek engr archt sgto tte cnel pbro mstr av on er uzm op sn mtro mtra bpk civ siv ozv"},
	{Qualifier, "the rt right very most vice deputy chief assoc associate asst assistant district federal us magistrate his her honorary adjunct brig rear lt " +
		"acting circuit univ ao em emer royal excellency mag air wing group staff petty gunnery flight squadron field sub officer master priv ra stb wp pd majesty "},
	{Continuation, "med dent rer nat phil jur iur ing habil hc mult vet oec pol theol agr techn publ sc math arch psych paed pad soc forest cult hab nadzw zw inz fh tu " +
		"univ bibl dipl sci stom farm h c eth htl hsg uzh"},
	{Generation, "jr jnr junior sr snr senior ii iii iv v vi vii viii 2nd 3rd 4th filho neto sobrinho fils"},
	{Degree, "phd md dds dmd dvm esq esquire cpa cfa cfp clu chfc pmp mba emba msc bsc beng meng mphil dphil llm llb rn bsn msn fnp lpn lcsw lmft lpc lmhc cissp cisa " +
		"cism crisc ccna ccnp ccie itil csm cspo shrmcp shrmscp sphr phr gphr obe mbe cbe kbe dbe gbe mvo frcs frcp mrcp mrics frics frs fcca acca cima cgma cma cfe faia leed " +
		"mcse mct pharmd psyd edd dba osb cscs rdn ldn otr dpt cccslp cebs cpcu crpc lutc rhu cltc crs gri epro sres bba bcom mcom mtech btech mbbs mrcgp peng ceng mieee " +
		"mph mha mpa mpp mfa bfa mdb mdl mep hons ret usn usmc usaf edm mdes mres pgce cipd mcipd fcipd acii fcii rgn cphr crm capm aca fca cfre cae cmp ccp csp psm csc drsc thd artd facs facc facp faap faan fache frcpc frcsc frcr mrcs fmva cva csa ncc shrm"},
	{Capital, "ma ms ba bs jd do ra aa rc ri re ea pe pg pt ot rd sj op qc kc mp ll ca td cm mi bc dc np pa aia aic arm abr cam cia cap cpt cmb itc pmi ai mc jp dl bed med di"},
}

// index is what is known of words.
type index struct {
	roles map[string]Role
	plain [foldedRunes]string // letters of Europe, folded
	ends  [26][26]uint32      // by first and last letter, a bit for each length that words have; most words of names are none by that
}

var words = sync.OnceValue(func() *index {
	all := map[string]Role{}
	for word := range strings.FieldsSeq(otherWords) {
		all[word] |= Other
	}
	for _, list := range [...][]roleList{roleWords, givenWords, groupWords} {
		for _, r := range list {
			for word := range strings.FieldsSeq(r.words) {
				all[word] |= r.role
				if plain := strings.ReplaceAll(word, "ł", "l"); plain != word {
					all[plain] |= r.role
				}
			}
		}
	}
	l := &index{roles: all}
	for r := range l.plain {
		l.plain[r] = headers.Fold(string(rune(r)))
	}
	for word := range all {
		if first, last := word[0]-'a', word[len(word)-1]-'a'; first < 26 && last < 26 {
			l.ends[first][last] |= 1 << len(word)
		}
	}
	return l
})

// foldedRunes is how many runes are folded once: those of ASCII and of most languages of Europe.
const foldedRunes = 0x180

// otherWords are words, folded, that functions of their own tell from names.
const otherWords = "van von der den de ter ten te t int vom zu zum zur del des dos das della dello vande vander vanden d dela delos delas vant aant opt in op aan bij onder over uit voor het s la le les los las " +
	"du da do di dal dalla dei degli delle lo af av el al bin ibn bint ben abu ul y und auf am an ap ferch ka e i st ste saint sainte sankt san santa mc mac fitz freiherr freifrau graf grafin o ni nic ui " +
	"dear hi hello beste geachte lieve liebe lieber hallo sehr bonjour chere estimado estimada querido querida gentile egregio prezado prezada tav attn zhd zh and en et og his her the right most very heer geehrter geehrte " +
	"kim lee yi park bak choi choe jung jeong chung kang cho jo yoon yun jang chang lim im han oh shin sin seo suh kwon hwang ahn an song hong ryu yoo yu jeon ko moon mun yang bae baek nam noh roh ha heo hur nguyen tran pham huynh hoang truong bui"

// roleList is words that share a role.
type roleList struct {
	role  Role
	words string
}

// Longest is the length of the longest word that is looked up.
const Longest = 20

// besides are the roles of words that stand beside a name.
const besides = Title | Rank | Named | Dotted | Qualifier | Continuation | Generation | Degree | Capital

// RolesOf are the roles that a word may have beside a name.
func RolesOf(word string) Role { return LookUp(word) & besides }

// LookUp is all that is known of a word.
func LookUp(word string) Role {
	if len(word) > Longest {
		return 0
	}
	l := words()
	if n := len(word); n > 0 {
		first, last := word[0]|0x20-'a', word[n-1]|0x20-'a'
		if (isDigit(word[n-1]) || first < 26 && last < 26 && l.ends[first][last]>>n&1 == 0) && isPlainKey(word) {
			return 0 // no word ends in a digit
		}
	}
	var b [Longest]byte
	key := b[:0]
	for _, r := range word {
		if r >= foldedRunes {
			return l.roles[headers.Fold(word)]
		}
		key = append(key, l.plain[r]...)
	}
	return l.roles[string(key)]
}

// isPlainKey reports whether a word is letters of ASCII and digits.
func isPlainKey(word string) bool {
	for i := range len(word) {
		if c := word[i] | 0x20; (c < 'a' || c > 'z') && !isDigit(word[i]) {
			return false
		}
	}
	return true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// All are the words that are known, with what is known of each.
func All() map[string]Role { return words().roles }
