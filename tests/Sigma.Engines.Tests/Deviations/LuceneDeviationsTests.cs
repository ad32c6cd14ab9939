using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>Where a query of 2020 parses in Elasticsearch or Graylog and finds other events than its rule.</summary>
public sealed class LuceneDeviationsTests
{
    private static readonly LuceneView Graylog = LuceneView.Graylog;
    private static readonly LuceneView Elasticsearch = LuceneView.Elasticsearch;

    [Fact]
    public void D01_a_value_that_ends_in_a_backslash_makes_the_wildcard_a_literal_star()
    {
        var folder = EngineEvent.Of(1, "Security", 13, ("TargetObject", @"HKLM\Exclusions\Paths"));
        var star = EngineEvent.Of(2, "Security", 13, ("TargetObject", @"HKLM\Exclusions*"));

        LuceneEngine.Search(@"TargetObject.keyword:*\\Exclusions\*", [folder, star], Elasticsearch).Should().Equal(2);
        LuceneEngine.Search(@"TargetObject.keyword:*\\Exclusions\\*", [folder, star], Elasticsearch).Should().Equal(1);
        LuceneEngine.Search(@"TargetObject:*\\Exclusions\*", [folder, star], Graylog).Should().Equal(2);
        LuceneEngine.Search(@"TargetObject:*\\Exclusions\\*", [folder, star], Graylog).Should().Equal(1);
    }

    [Fact]
    public void D08_a_blank_in_a_wildcard_term_makes_two_terms_of_it()
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("CommandLine", "cmd /c net user x"));
        var half = EngineEvent.Of(2, "Security", 1, ("CommandLine", "x net"));
        var elsewhere = EngineEvent.Of(3, "Security", 1, ("TargetUser", "user1"));

        // The second term has no field any more, so it looks in every field; in a list both look in the list's field.
        LuceneEngine.Search("CommandLine:*net user*", [rule, half, elsewhere], Graylog).Should().Equal(1, 2, 3);
        LuceneEngine.Search("CommandLine:(*net user*)", [rule, half, elsewhere], Graylog).Should().Equal(2);
        LuceneEngine.Search(@"CommandLine:*net\ user*", [rule, half, elsewhere], Graylog).Should().Equal(1);
    }

    [Fact]
    public void D08_no_field_of_graylogs_template_has_a_keyword_sub_field()
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("Image", @"C:\cmd.exe"));

        LuceneEngine.Search(@"Image.keyword:*\\cmd.exe", [rule], Graylog).Should().BeEmpty();
        LuceneEngine.Search(@"\*.keyword:(*cmd*)", [rule], Graylog).Should().BeEmpty();
        LuceneEngine.Search(@"Image:*\\cmd.exe", [rule], Graylog).Should().Equal(1);
    }

    [Fact]
    public void D14_a_pcre_between_slashes_must_fit_the_whole_value_and_reads_its_classes_as_letters()
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("CommandLine", "run $Env[ 21 ] now"));
        var letter = EngineEvent.Of(2, "Security", 1, ("CommandLine", "$Env[d]"));

        // On the analysed field a pattern sees one lower-case word at a time; on the whole value it is anchored at both ends.
        LuceneEngine.Search(@"CommandLine:/\$Env\[ \d{1,3} \]/", [rule, letter], Elasticsearch).Should().BeEmpty();
        LuceneEngine.Search(@"CommandLine.keyword:/\$Env\[ \d{1,3} \]/", [rule, letter], Elasticsearch).Should().BeEmpty();
        LuceneEngine.Search(@"CommandLine.keyword:/\$Env\[\d{1,3}\]/", [rule, letter], Elasticsearch).Should().Equal([2], "this Lucene has no class for digits");
        LuceneEngine.Search(@"CommandLine.keyword:/.*\$Env\[ [0-9]{1,3} \].*/", [rule, letter], Elasticsearch).Should().Equal(1);
    }

    [Fact]
    public void D15_a_wildcard_in_quotes_is_a_star()
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("CommandLine", @"set HKLM\Run\x"));
        var star = EngineEvent.Of(2, "Security", 1, ("CommandLine", @"*\Run\*"));

        LuceneEngine.Search(@"CommandLine.keyword:""*\\Run\\*""", [rule, star], Elasticsearch).Should().Equal(2);
        LuceneEngine.Search(@"CommandLine.keyword:*\\Run\\*", [rule, star], Elasticsearch).Should().Equal(1, 2);
    }

    [Fact]
    public void D23_two_bare_terms_that_are_handed_on_as_one_text_are_neither_of_them()
    {
        // Since version 6 Elasticsearch gives neighbouring plain terms to the analyser together: on a keyword field, one term.
        var one = EngineEvent.Of(1, "Security", 1, ("Image", "a.exe"));
        var other = EngineEvent.Of(2, "Security", 1, ("Image", "b.exe"));

        LuceneEngine.Search(@"Image:(*x a.exe\ b.exe)", [one, other], Graylog).Should().BeEmpty();
        LuceneEngine.Search(@"Image:(*x ""a.exe"" ""b.exe"")", [one, other], Graylog).Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("NOT")]
    [InlineData("AND")]
    [InlineData("OR")]
    public void D23_a_bare_word_of_the_language_is_refused(string word)
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("Image", word));

        LuceneEngine.Accepts($"Image.keyword:({word} OR x*)", Elasticsearch).Accepted.Should().BeFalse();
        LuceneEngine.Search($"Image.keyword:(\"{word}\" OR x*)", [rule], Elasticsearch).Should().Equal(1);
    }

    [Fact]
    public void D23_a_bare_term_that_begins_with_a_sign_of_order_is_a_range()
    {
        var sign = EngineEvent.Of(1, "Security", 1, ("Image", ">b"));
        var after = EngineEvent.Of(2, "Security", 1, ("Image", "c"));

        LuceneEngine.Search("Image.keyword:(>b OR x*)", [sign, after], Elasticsearch).Should().Equal(2);
        LuceneEngine.Search("Image.keyword:(\">b\" OR x*)", [sign, after], Elasticsearch).Should().Equal(1);
    }

    [Fact]
    public void D23_a_plain_value_with_a_blank_falls_apart_beside_wildcards()
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("Image", @"C:\Program Files\a.exe"));
        var half = EngineEvent.Of(2, "Security", 1, ("Image", @"Files\a.exe"));

        LuceneEngine.Search(@"Image:(*x C\:\\Program Files\\a.exe)", [rule, half], Graylog).Should().Equal(2);
        LuceneEngine.Search(@"Image:(*x ""C\:\\Program Files\\a.exe"")", [rule, half], Graylog).Should().Equal(1);
    }

    [Fact]
    public void A_keyword_field_tells_case_apart()
    {
        // Beyond D5: Sigma's strings have no case, a .keyword sub-field without a normalizer and a Graylog field do.
        var rule = EngineEvent.Of(1, "Security", 1, ("CommandLine", "Invoke-Mimikatz"));

        LuceneEngine.Search("CommandLine.keyword:*mimikatz*", [rule], Elasticsearch).Should().BeEmpty();
        LuceneEngine.Search("CommandLine:*mimikatz*", [rule], Graylog).Should().BeEmpty();
        LuceneEngine.Search("CommandLine:/.*[mM][iI][mM][iI][kK][aA][tT][zZ].*/", [rule], Graylog).Should().Equal(1);
        LuceneEngine.Search("CommandLine:*mimikatz*", [rule], Elasticsearch).Should().Equal(1);
    }

    [Fact]
    public void A_plain_value_on_an_analysed_field_is_a_phrase_anywhere_in_it()
    {
        var rule = EngineEvent.Of(1, "Security", 1, ("CommandLine", "net user"));
        var longer = EngineEvent.Of(2, "Security", 1, ("CommandLine", "cmd /c net,user /add"));

        LuceneEngine.Search("CommandLine:\"net user\"", [rule, longer], Elasticsearch).Should().Equal(1, 2);
        LuceneEngine.Search("CommandLine.keyword:\"net user\"", [rule, longer], Elasticsearch).Should().Equal(1);
    }
}
