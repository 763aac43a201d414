"""What thirty records look like in four styles, in Dutch for Dutch records and in English for others.

Written out and read against APA 7, the Chicago Manual of Style 18 (author-date), Cite Them
Right 12 (Harvard) and Citing Medicine 2 (Vancouver). Dates of retrieval are left out: when a
reader looked is for the reader to say.
"""

EXPECTED = {
    (
        "apa",
        "article",
    ): "Hainmueller, J., &amp; Hiscox, M. J. (2010). Attitudes toward highly skilled and low-skilled immigration: Evidence from a survey experiment. <i>American Political Science Review</i>, <i>104</i>(1), 61–84. https://doi.org/10.1017/s0003055409990372",
    (
        "apa",
        "article-dutch",
    ): "Bakker, A., van der Berg, M., &amp; 't Hart, P. (2021). Draagvlak voor opvang: Wat werkt in de buurt. <i>Tijdschrift voor Voorbeelden</i>, <i>12</i>(3), 207-223.",
    (
        "apa",
        "article-no-volume",
    ): "Smith, J. A. (2022). Contact and prejudice. <i>Journal of Examples</i>. https://example.org/contact",
    (
        "apa",
        "article-one-page",
    ): "Jones, B. (1999). A short note. <i>Journal of Examples</i>, <i>7</i>, 12.",
    (
        "apa",
        "article-newspaper",
    ): "de Vries, P. (2023, 4 november). Wat Nederland vindt van opvang. <i>De Voorbeeldkrant</i>, 4.",
    (
        "apa",
        "report-body",
    ): "Sociaal en Cultureel Planbureau. (2020). <i>Burgerperspectieven 2020</i>. https://example.org/burgerperspectieven",
    (
        "apa",
        "report-number",
    ): "Dennison, J., &amp; Dražanová, L. (2018). <i>Measuring public attitudes</i> (Research Report 2018/01). European University Institute.",
    (
        "apa",
        "report-no-author",
    ): "<i>Common principles for integration</i>. (2015). European Commission.",
    (
        "apa",
        "report-no-author-no-date",
    ): "<i>Handreiking gesprek in de wijk</i>. (z.d.). Gemeente Voorbeeld.",
    ("apa", "report-range"): "Stichting Voorbeeld. (2019–2021). <i>Monitor opvang</i>.",
    (
        "apa",
        "working-paper",
    ): "Paluck, E. L., Green, S. A., &amp; Green, D. P. (2017). <i>Does contact reduce prejudice?</i> (Working Paper No. 42). Example Institute. https://example.org/wp42",
    (
        "apa",
        "policy-brief",
    ): "El Amrani, S. (2024). <i>Vijf lessen over framing</i> [Policy brief]. Kennisplatform Voorbeeld.",
    ("apa", "book"): "Allport, G. W. (1954). <i>The nature of prejudice</i>. Addison-Wesley.",
    (
        "apa",
        "book-dutch-particle",
    ): "van der Laan, E. (2007). <i>Het land van aankomst</i>. De Voorbeeldpers.",
    (
        "apa",
        "book-two",
    ): "Moore-Berg, S. L., &amp; Hameiri, B. (2020). <i>Changing minds together</i>. Example Press.",
    (
        "apa",
        "book-edited",
    ): "Donsbach, W., &amp; Traugott, M. W. (Eds.). (2008). <i>Handbook of public opinion</i>. Sage.",
    ("apa", "book-suffix"): "King, M. L., Jr. (1964). <i>Why we can't wait</i>. Harper &amp; Row.",
    (
        "apa",
        "chapter",
    ): "Tajfel, H., &amp; Turner, J. C. (1979). An integrative theory of intergroup conflict. In W. G. Austin &amp; S. Worchel (Eds.), <i>The social psychology of intergroup relations</i> (pp. 33–47). Brooks/Cole.",
    (
        "apa",
        "chapter-dutch",
    ): "Jansen, K. (2016). Praten over migratie. In I. de Boer (Red.), <i>Polarisatie in Nederland</i> (pp. 99-118). Uitgeverij Voorbeeld.",
    (
        "apa",
        "chapter-no-editor",
    ): "Entman, R. (2004). Framing. In <i>Media and politics</i>. Example Press.",
    (
        "apa",
        "thesis",
    ): "Jansen, A. (2018). <i>Migration and mistrust</i> [PhD thesis]. Universiteit Utrecht.",
    (
        "apa",
        "thesis-dutch-url",
    ): "ten Have, M. (2012). <i>Steun voor vluchtelingen in dorpen</i> [Proefschrift, Rijksuniversiteit Groningen]. https://example.org/proefschrift",
    (
        "apa",
        "webpage-no-date",
    ): "Migration Policy Institute. (n.d.). <i>Public opinion on migration</i>. https://example.org/opinion",
    (
        "apa",
        "webpage-date",
    ): "Centraal Bureau voor de Statistiek. (2023, 20 januari). <i>Cijfers over opvang</i>. https://example.org/cijfers",
    (
        "apa",
        "conference",
    ): "Kalla, J., &amp; Broockman, D. (2019). Deep canvassing at scale. <i>Proceedings of the Example Conference</i>, 10–19.",
    ("apa", "document"): "Bewoners van de Voorbeeldstraat. (2022). <i>Open brief aan de raad</i>.",
    (
        "apa",
        "many-authors",
    ): "NameA, A. B., NameB, B. B., NameC, C. B., NameD, D. B., NameE, E. B., NameF, F. B., NameG, G. B., NameH, H. B., NameI, I. B., NameJ, J. B., NameK, K. B., NameL, L. B., NameM, M. B., NameN, N. B., NameO, O. B., NameP, P. B., NameQ, Q. B., NameR, R. B., NameS, S. B., … NameW, W. B. (2021). Many hands. <i>Journal of Examples</i>, <i>1</i>(2), 1–9. https://doi.org/10.1234/many",
    (
        "apa",
        "seven-authors",
    ): "NameA, A., NameB, B., NameC, C., NameD, D., NameE, E., NameF, F., &amp; NameG, G. (2014). Seven of us. <i>Journal of Examples</i>, <i>3</i>, e12–e19.",
    (
        "apa",
        "mixed-authors",
    ): "Özdemir, A., &amp; Vereniging van Nederlandse Gemeenten. (2020). <i>Samen sterker</i>. VNG. https://doi.org/10.1234/samen",
    (
        "apa",
        "unknown-language",
    ): "Öst, Å.-L. (2011). <i>Wie is er bang voor &lt;de&gt; ander? &amp; meer</i>. Forlaget “Eksempel”.",
    (
        "chicago",
        "article",
    ): "Hainmueller, Jens, and Michael J. Hiscox. 2010. “Attitudes Toward Highly Skilled and Low-Skilled Immigration: Evidence from a Survey Experiment.” <i>American Political Science Review</i> 104 (1): 61–84. https://doi.org/10.1017/s0003055409990372.",
    (
        "chicago",
        "article-dutch",
    ): "Bakker, Anna, Maria van der Berg, en Paul 't Hart. 2021. “Draagvlak voor opvang: Wat werkt in de buurt”. <i>Tijdschrift voor Voorbeelden</i> 12 (3): 207-23.",
    (
        "chicago",
        "article-no-volume",
    ): "Smith, Jane Ann. 2022. “Contact and Prejudice.” <i>Journal of Examples</i>, May 3. https://example.org/contact.",
    (
        "chicago",
        "article-one-page",
    ): "Jones, B. 1999. “A Short Note.” <i>Journal of Examples</i> 7: 12.",
    (
        "chicago",
        "article-newspaper",
    ): "Vries, Pieter de. 2023. “Wat Nederland vindt van opvang”. <i>De Voorbeeldkrant</i>, 4 november.",
    (
        "chicago",
        "report-body",
    ): "Sociaal en Cultureel Planbureau. 2020. <i>Burgerperspectieven 2020</i>. Sociaal en Cultureel Planbureau. https://example.org/burgerperspectieven.",
    (
        "chicago",
        "report-number",
    ): "Dennison, James, and Lenka Dražanová. 2018. <i>Measuring Public Attitudes</i>. Research Report 2018/01. European University Institute.",
    (
        "chicago",
        "report-no-author",
    ): "<i>Common Principles for Integration</i>. 2015. European Commission.",
    (
        "chicago",
        "report-no-author-no-date",
    ): "<i>Handreiking gesprek in de wijk</i>. z.d. Gemeente Voorbeeld.",
    (
        "chicago",
        "report-range",
    ): "Stichting Voorbeeld. 2019–2021. <i>Monitor opvang</i>. Stichting Voorbeeld.",
    (
        "chicago",
        "working-paper",
    ): "Paluck, Elizabeth Levy, Seth A. Green, and Donald P. Green. 2017. <i>Does Contact Reduce Prejudice?</i> Working Paper No. 42. Example Institute. https://example.org/wp42.",
    (
        "chicago",
        "policy-brief",
    ): "El Amrani, Samira. 2024. <i>Vijf lessen over framing</i>. Policy brief. Kennisplatform Voorbeeld.",
    ("chicago", "book"): "Allport, Gordon W. 1954. <i>The Nature of Prejudice</i>. Addison-Wesley.",
    (
        "chicago",
        "book-dutch-particle",
    ): "Laan, Eva van der. 2007. <i>Het land van aankomst</i>. De Voorbeeldpers.",
    (
        "chicago",
        "book-two",
    ): "Moore-Berg, Samantha L., and Boaz Hameiri. 2020. <i>Changing Minds Together</i>. Example Press.",
    (
        "chicago",
        "book-edited",
    ): "Donsbach, Wolfgang, and Michael W. Traugott, eds. 2008. <i>Handbook of Public Opinion</i>. Sage.",
    (
        "chicago",
        "book-suffix",
    ): "King, Martin Luther, Jr. 1964. <i>Why We Can't Wait</i>. Harper &amp; Row.",
    (
        "chicago",
        "chapter",
    ): "Tajfel, Henri, and John C. Turner. 1979. “An Integrative Theory of Intergroup Conflict.” In <i>The Social Psychology of Intergroup Relations</i>, edited by William G. Austin and Stephen Worchel. Brooks/Cole.",
    (
        "chicago",
        "chapter-dutch",
    ): "Jansen, Karel. 2016. “Praten over migratie”. In <i>Polarisatie in Nederland</i>, onder redactie van Ilse de Boer. Uitgeverij Voorbeeld.",
    (
        "chicago",
        "chapter-no-editor",
    ): "Entman, Robert. 2004. “Framing.” In <i>Media and Politics</i>. Example Press.",
    (
        "chicago",
        "thesis",
    ): "Jansen, Anna. 2018. “Migration and Mistrust.” PhD thesis, Universiteit Utrecht.",
    (
        "chicago",
        "thesis-dutch-url",
    ): "Have, Marijke ten. 2012. “Steun voor vluchtelingen in dorpen”. Proefschrift, Rijksuniversiteit Groningen. https://example.org/proefschrift.",
    (
        "chicago",
        "webpage-no-date",
    ): "Migration Policy Institute. n.d. “Public Opinion on Migration.” https://example.org/opinion.",
    (
        "chicago",
        "webpage-date",
    ): "Centraal Bureau voor de Statistiek. 2023. “Cijfers over opvang”. 20 januari. https://example.org/cijfers.",
    (
        "chicago",
        "conference",
    ): "Kalla, Joshua, and David Broockman. 2019. “Deep Canvassing at Scale.” <i>Proceedings of the Example Conference</i>, 10–19.",
    ("chicago", "document"): "Bewoners van de Voorbeeldstraat. 2022. “Open brief aan de raad”.",
    (
        "chicago",
        "many-authors",
    ): "NameA, A. B., B. B. NameB, C. B. NameC, et al. 2021. “Many Hands.” <i>Journal of Examples</i> 1 (2): 1–9. https://doi.org/10.1234/many.",
    (
        "chicago",
        "seven-authors",
    ): "NameA, A., B. NameB, C. NameC, et al. 2014. “Seven of Us.” <i>Journal of Examples</i> 3: e12–e19.",
    (
        "chicago",
        "mixed-authors",
    ): "Özdemir, Ayşe, en Vereniging van Nederlandse Gemeenten. 2020. <i>Samen sterker</i>. VNG. https://doi.org/10.1234/samen.",
    (
        "chicago",
        "unknown-language",
    ): "Öst, Åsa-Lena. 2011. <i>Wie is er bang voor &lt;de&gt; ander? &amp; meer</i>. Forlaget “Eksempel.”",
    (
        "harvard",
        "article",
    ): "Hainmueller, J. and Hiscox, M.J. (2010) ‘Attitudes toward highly skilled and low-skilled immigration: Evidence from a survey experiment’, <i>American Political Science Review</i>, 104(1), pp. 61–84. Available at: https://doi.org/10.1017/s0003055409990372.",
    (
        "harvard",
        "article-dutch",
    ): "Bakker, A., van der Berg, M. en 't Hart, P. (2021) “Draagvlak voor opvang: Wat werkt in de buurt”, <i>Tijdschrift voor Voorbeelden</i>, 12(3), pp. 207-223.",
    (
        "harvard",
        "article-no-volume",
    ): "Smith, J.A. (2022) ‘Contact and prejudice’, <i>Journal of Examples</i>. Available at: https://example.org/contact.",
    (
        "harvard",
        "article-one-page",
    ): "Jones, B. (1999) ‘A short note’, <i>Journal of Examples</i>, 7, p. 12.",
    (
        "harvard",
        "article-newspaper",
    ): "de Vries, P. (2023) “Wat Nederland vindt van opvang”, <i>De Voorbeeldkrant</i>, 4 november, p. 4.",
    (
        "harvard",
        "report-body",
    ): "Sociaal en Cultureel Planbureau (2020) <i>Burgerperspectieven 2020</i>. Den Haag: Sociaal en Cultureel Planbureau. Beschikbaar op: https://example.org/burgerperspectieven.",
    (
        "harvard",
        "report-number",
    ): "Dennison, J. and Dražanová, L. (2018) <i>Measuring public attitudes</i>. Research report 2018/01. European University Institute.",
    (
        "harvard",
        "report-no-author",
    ): "<i>Common principles for integration</i> (2015). European Commission.",
    (
        "harvard",
        "report-no-author-no-date",
    ): "<i>Handreiking gesprek in de wijk</i> (zonder datum). Gemeente Voorbeeld.",
    (
        "harvard",
        "report-range",
    ): "Stichting Voorbeeld (2019–2021) <i>Monitor opvang</i>. Stichting Voorbeeld.",
    (
        "harvard",
        "working-paper",
    ): "Paluck, E.L., Green, S.A. and Green, D.P. (2017) <i>Does contact reduce prejudice?</i> Working paper 42. Example Institute. Available at: https://example.org/wp42.",
    (
        "harvard",
        "policy-brief",
    ): "El Amrani, S. (2024) <i>Vijf lessen over framing</i>. Policy brief. Kennisplatform Voorbeeld.",
    (
        "harvard",
        "book",
    ): "Allport, G.W. (1954) <i>The nature of prejudice</i>. Cambridge, MA: Addison-Wesley.",
    (
        "harvard",
        "book-dutch-particle",
    ): "van der Laan, E. (2007) <i>Het land van aankomst</i>. Amsterdam: De Voorbeeldpers.",
    (
        "harvard",
        "book-two",
    ): "Moore-Berg, S.L. and Hameiri, B. (2020) <i>Changing minds together</i>. Oxford: Example Press.",
    (
        "harvard",
        "book-edited",
    ): "Donsbach, W. and Traugott, M.W. (eds) (2008) <i>Handbook of public opinion</i>. London: Sage.",
    (
        "harvard",
        "book-suffix",
    ): "King, M.L., Jr. (1964) <i>Why we can't wait</i>. New York: Harper &amp; Row.",
    (
        "harvard",
        "chapter",
    ): "Tajfel, H. and Turner, J.C. (1979) ‘An integrative theory of intergroup conflict’, in W.G. Austin and S. Worchel (eds) <i>The social psychology of intergroup relations</i>. Monterey, CA: Brooks/Cole, pp. 33–47.",
    (
        "harvard",
        "chapter-dutch",
    ): "Jansen, K. (2016) “Praten over migratie”, in I. de Boer (red.) <i>Polarisatie in Nederland</i>. Utrecht: Uitgeverij Voorbeeld, pp. 99-118.",
    (
        "harvard",
        "chapter-no-editor",
    ): "Entman, R. (2004) ‘Framing’, <i>Media and politics</i>. Example Press.",
    (
        "harvard",
        "thesis",
    ): "Jansen, A. (2018) <i>Migration and mistrust</i>. PhD thesis. Universiteit Utrecht.",
    (
        "harvard",
        "thesis-dutch-url",
    ): "ten Have, M. (2012) <i>Steun voor vluchtelingen in dorpen</i>. Proefschrift. Rijksuniversiteit Groningen. Beschikbaar op: https://example.org/proefschrift.",
    (
        "harvard",
        "webpage-no-date",
    ): "Migration Policy Institute (no date) <i>Public opinion on migration</i>. Available at: https://example.org/opinion.",
    (
        "harvard",
        "webpage-date",
    ): "Centraal Bureau voor de Statistiek (2023) <i>Cijfers over opvang</i>. Beschikbaar op: https://example.org/cijfers.",
    (
        "harvard",
        "conference",
    ): "Kalla, J. and Broockman, D. (2019) ‘Deep canvassing at scale’, <i>Proceedings of the Example Conference</i>. Example Society, pp. 10–19.",
    ("harvard", "document"): "Bewoners van de Voorbeeldstraat (2022) “Open brief aan de raad”.",
    (
        "harvard",
        "many-authors",
    ): "NameA, A.B. <i>et al.</i> (2021) ‘Many hands’, <i>Journal of Examples</i>, 1(2), pp. 1–9. Available at: https://doi.org/10.1234/many.",
    (
        "harvard",
        "seven-authors",
    ): "NameA, A. <i>et al.</i> (2014) ‘Seven of us’, <i>Journal of Examples</i>, 3, pp. e12–e19.",
    (
        "harvard",
        "mixed-authors",
    ): "Özdemir, A. en Vereniging van Nederlandse Gemeenten (2020) <i>Samen sterker</i>. VNG. Beschikbaar op: https://doi.org/10.1234/samen.",
    (
        "harvard",
        "unknown-language",
    ): "Öst, Å.-L. (2011) <i>Wie is er bang voor &lt;de&gt; ander? &amp; meer</i>. Forlaget “Eksempel”.",
    (
        "vancouver",
        "article",
    ): "Hainmueller J, Hiscox MJ. Attitudes toward highly skilled and low-skilled immigration: Evidence from a survey experiment. American Political Science Review. 2010;104(1):61–84. doi:10.1017/s0003055409990372",
    (
        "vancouver",
        "article-dutch",
    ): "Bakker A, van der Berg M, 't Hart P. Draagvlak voor opvang: Wat werkt in de buurt. Tijdschrift voor Voorbeelden. 2021;12(3):207-23.",
    (
        "vancouver",
        "article-no-volume",
    ): "Smith JA. Contact and prejudice. Journal of Examples [Internet]. 2022 May 3. Available from: https://example.org/contact",
    ("vancouver", "article-one-page"): "Jones B. A short note. Journal of Examples. 1999;7:12.",
    (
        "vancouver",
        "article-newspaper",
    ): "de Vries P. Wat Nederland vindt van opvang. De Voorbeeldkrant. 4 november 2023:4.",
    (
        "vancouver",
        "report-body",
    ): "Sociaal en Cultureel Planbureau. Burgerperspectieven 2020 [Internet]. Den Haag: Sociaal en Cultureel Planbureau; maart 2020. Beschikbaar op: https://example.org/burgerperspectieven",
    (
        "vancouver",
        "report-number",
    ): "Dennison J, Dražanová L. Measuring public attitudes [Research report]. European University Institute; 2018. Research report 2018/01.",
    (
        "vancouver",
        "report-no-author",
    ): "Common principles for integration. European Commission; 2015.",
    (
        "vancouver",
        "report-no-author-no-date",
    ): "Handreiking gesprek in de wijk. Gemeente Voorbeeld.",
    (
        "vancouver",
        "report-range",
    ): "Stichting Voorbeeld. Monitor opvang. Stichting Voorbeeld; 2019–2021.",
    (
        "vancouver",
        "working-paper",
    ): "Paluck EL, Green SA, Green DP. Does contact reduce prejudice? [Working paper] [Internet]. Example Institute; 2017. Working paper no.: 42. Available from: https://example.org/wp42",
    (
        "vancouver",
        "policy-brief",
    ): "El Amrani S. Vijf lessen over framing [Policy brief]. Kennisplatform Voorbeeld; juni 2024.",
    (
        "vancouver",
        "book",
    ): "Allport GW. The nature of prejudice. Cambridge, MA: Addison-Wesley; 1954.",
    (
        "vancouver",
        "book-dutch-particle",
    ): "van der Laan E. Het land van aankomst. Amsterdam: De Voorbeeldpers; 2007.",
    (
        "vancouver",
        "book-two",
    ): "Moore-Berg SL, Hameiri B. Changing minds together. Oxford: Example Press; 2020.",
    (
        "vancouver",
        "book-edited",
    ): "Donsbach W, Traugott MW, editors. Handbook of public opinion. London: Sage; 2008.",
    (
        "vancouver",
        "book-suffix",
    ): "King ML Jr. Why we can't wait. New York: Harper &amp; Row; 1964.",
    (
        "vancouver",
        "chapter",
    ): "Tajfel H, Turner JC. An integrative theory of intergroup conflict. In: Austin WG, Worchel S, editors. The social psychology of intergroup relations. Monterey, CA: Brooks/Cole; 1979. p. 33–47.",
    (
        "vancouver",
        "chapter-dutch",
    ): "Jansen K. Praten over migratie. In: de Boer I, redacteur. Polarisatie in Nederland. Utrecht: Uitgeverij Voorbeeld; 2016. p. 99-118.",
    (
        "vancouver",
        "chapter-no-editor",
    ): "Entman R. Framing. In: Media and politics. Example Press; 2004.",
    (
        "vancouver",
        "thesis",
    ): "Jansen A. Migration and mistrust [PhD thesis]. Universiteit Utrecht; 2018.",
    (
        "vancouver",
        "thesis-dutch-url",
    ): "ten Have M. Steun voor vluchtelingen in dorpen [Proefschrift] [Internet]. Rijksuniversiteit Groningen; 2012. Beschikbaar op: https://example.org/proefschrift",
    (
        "vancouver",
        "webpage-no-date",
    ): "Migration Policy Institute. Public opinion on migration [Internet]. Available from: https://example.org/opinion",
    (
        "vancouver",
        "webpage-date",
    ): "Centraal Bureau voor de Statistiek. Cijfers over opvang [Internet]. 2023. Beschikbaar op: https://example.org/cijfers",
    (
        "vancouver",
        "conference",
    ): "Kalla J, Broockman D. Deep canvassing at scale. In: Proceedings of the Example Conference. Example Society; 2019. p. 10–9.",
    ("vancouver", "document"): "Bewoners van de Voorbeeldstraat. Open brief aan de raad. 2022.",
    (
        "vancouver",
        "many-authors",
    ): "NameA AB, NameB BB, NameC CB, NameD DB, NameE EB, NameF FB, et al. Many hands. Journal of Examples. 2021;1(2):1–9. doi:10.1234/many",
    (
        "vancouver",
        "seven-authors",
    ): "NameA A, NameB B, NameC C, NameD D, NameE E, NameF F, et al. Seven of us. Journal of Examples. 2014;3:e12–9.",
    (
        "vancouver",
        "mixed-authors",
    ): "Özdemir A, Vereniging van Nederlandse Gemeenten. Samen sterker. VNG; september 2020. doi:10.1234/samen",
    (
        "vancouver",
        "unknown-language",
    ): "Öst ÅL. Wie is er bang voor &lt;de&gt; ander? &amp; meer. Forlaget “Eksempel”; 2011.",
}
